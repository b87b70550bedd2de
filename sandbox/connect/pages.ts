/**
 * Page tokens: opaque, valid for 24 hours (documented), and only for the list that they belong to. A token names the
 * last item of a page instead of an offset, so no item is repeated or skipped when the list changes between two
 * pages.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { invalidParameter, invalidRequest, type ServiceError } from './protocol/errors.ts';
import { model } from './protocol/model.ts';

const TOKEN_LIFE_MS = 24 * 60 * 60_000;
/** Documented for the lists; for the searches it is a guess. */
const DEFAULT_PAGE_SIZE = 100;

const tokenSchema = z.object({ question: z.string(), after: z.string(), issuedAt: z.number() });

export type PageRequest = {
  operation: string;
  /** Everything that determines the contents of the list: instance, resource, criteria. */
  question: unknown;
  nextToken?: string | undefined;
  maxResults?: number | undefined;
};

export class Pages {
  readonly #key = randomBytes(32);
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Returns one page of `items`, in the order of their unique keys (`keyOf`).
   *
   * @throws ServiceError for a token that is invalid, belongs to another list, or is older than a day
   */
  cut<Item>(items: readonly Item[], keyOf: (item: Item) => string, request: PageRequest) {
    const question = digest([request.operation, request.question]);
    const { nextToken, operation } = request;
    const after = nextToken === undefined ? '' : this.#open(nextToken, question, operation);
    const ordered = items
      .map((item) => ({ key: keyOf(item), item }))
      .filter(({ key }) => key > after)
      .sort((left, right) => (left.key < right.key ? -1 : 1));
    const shown = ordered.slice(0, request.maxResults ?? DEFAULT_PAGE_SIZE);
    const last = shown.at(-1);
    const more = ordered.length > shown.length && last;
    return {
      items: shown.map(({ item }) => item),
      nextToken: more ? this.#seal(question, last.key) : undefined,
    };
  }

  #seal(question: string, after: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const text = JSON.stringify({ question, after, issuedAt: this.#now().getTime() });
    const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64url');
  }

  #open(token: string, question: string, operation: string): string {
    const opened = this.#decrypt(token);
    if (!opened || opened.question !== question) throw invalidToken(operation);
    if (this.#now().getTime() - opened.issuedAt > TOKEN_LIFE_MS) throw invalidToken(operation);
    return opened.after;
  }

  #decrypt(token: string): z.infer<typeof tokenSchema> | undefined {
    const sealed = Buffer.from(token, 'base64url');
    if (sealed.length < 12 + 16) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    try {
      const text = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
      return tokenSchema.parse(JSON.parse(text.toString('utf8')));
    } catch {
      return undefined;
    }
  }
}

/** InvalidParameterException where the operation models it, else InvalidRequestException; the text is a guess. */
export function invalidToken(operation: string): ServiceError {
  const errors = model.operations[operation]?.errors ?? [];
  const modelled = errors.some(({ shape }) => shape === 'InvalidParameterException');
  const refuse = modelled ? invalidParameter : invalidRequest;
  return refuse('The next token is invalid or has expired');
}

const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
