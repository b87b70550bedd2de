/** Temporary credentials that the sandbox's STS has issued, and the caller behind a signature. */
import { randomBytes } from 'node:crypto';
import { ServiceError } from '../protocol/errors.ts';
import { accountOfKey, type Caller, partitionOfAccount, type Role } from './accounts.ts';

export type Session = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly account: string;
  /** `arn:aws:sts::…:assumed-role/name/session` */
  readonly arn: string;
  readonly expiresAt: Date;
};

/** The only pair of long-term keys whose signatures are verified; every other key is accepted unchecked. */
export const sandboxCredentials = {
  accessKeyId: 'AKIASANDBOXEXAMPLE00',
  secretAccessKey: 'sandbox/secret/EXAMPLEKEY/0123456789abcd',
} as const;

export class Sessions {
  #byKey = new Map<string, Session>();

  /** @param expiresAt by the machine's clock, which signatures use as well */
  issue(role: Role, name: string, expiresAt: Date): Session {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const session = {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(120).toString('base64'),
      account: role.account,
      arn: `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${name}`,
      expiresAt,
    };
    this.#byKey.set(accessKeyId, session);
    return session;
  }

  /** The secret with which a signature of this key is verified; undefined when it is not verified. */
  secretOf(accessKeyId: string): string | undefined {
    if (accessKeyId === sandboxCredentials.accessKeyId) return sandboxCredentials.secretAccessKey;
    return this.#byKey.get(accessKeyId)?.secretAccessKey;
  }

  /** Expires every session: the next call with one is refused. */
  expireAll(): void {
    const past = new Date(0);
    for (const [key, session] of this.#byKey) this.#byKey.set(key, { ...session, expiresAt: past });
  }

  /** @throws ServiceError for temporary keys without their token, and for expired ones */
  callerOf(accessKeyId: string, token: string | undefined, region: string, now: Date): Caller {
    if (!accessKeyId.startsWith('ASIA')) {
      const account = accountOfKey(accessKeyId);
      const partition = partitionOfAccount(account);
      return { account, region, arn: `arn:${partition}:iam::${account}:user/sandbox` };
    }
    const session = this.#byKey.get(accessKeyId);
    if (!session || session.sessionToken !== token) {
      throw new ServiceError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    }
    if (session.expiresAt <= now) {
      throw new ServiceError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    }
    return { account: session.account, region, arn: session.arn };
  }
}
