/** One deliberate send of CreateUser for one row, with the password that it needs. */

import type { CreateOutcome } from '../connect/gateway.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { passwordContext } from '../requests/submit/submit-request.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { type Keys, open } from '../storage/secrets.ts';
import { generatePassword } from '../users/fields/password.ts';
import { rowTagOf } from './row-tag.ts';

export type SendOutcome = CreateOutcome | { readonly kind: 'unreadable-password' };

/**
 * Sends one row. A generated password exists only within this call (H4): it is sent and forgotten, and the
 * newcomer sets their own through "Forgot password".
 */
export async function sendRow(
  config: Keys,
  instanceClient: InstanceClient,
  request: RequestRecord,
  row: RowRecord,
): Promise<SendOutcome> {
  if (!row.new_user) return { kind: 'unreadable-password' };
  const identity = { requestId: request.id, requestUid: request.uid, position: row.position };
  const tags = instanceClient.config.tagUsers ? rowTagOf(identity) : {};
  switch (row.password_plan) {
    case 'generated':
      return instanceClient.gateway.createUser({
        user: row.new_user,
        tags,
        password: generatePassword(),
      });
    case 'typed': {
      const password = readTypedPassword(config, row);
      if (password === null) return { kind: 'unreadable-password' };
      return instanceClient.gateway.createUser({ user: row.new_user, tags, password });
    }
    default:
      return instanceClient.gateway.createUser({ user: row.new_user, tags });
  }
}

function readTypedPassword(config: Keys, row: RowRecord): string | null {
  if (!row.password_cipher) return null;
  try {
    return open(config, row.password_cipher, passwordContext(row.request_id, row.position));
  } catch {
    return null;
  }
}
