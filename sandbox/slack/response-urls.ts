/** Response URLs: at most five uses within thirty minutes. */
import { secret } from './ids.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

/** The interaction to which a response through the URL refers. */
export type ResponseTarget = {
  user: string;
  channel: string;
  /** The message of the interaction, for `replace_original` and `delete_original`. */
  messageTs?: string;
  threadTs?: string;
};

export type ResponseUrls = {
  /** The last segment of the URL. */
  issue(target: ResponseTarget): string;
  /** Counts one use. @throws Refusal expired_url, used_url, no_service */
  use(ticket: string): ResponseTarget;
};

export function createResponseUrls(now: () => Date): ResponseUrls {
  const issued = new Map<string, ResponseTarget & { at: number; uses: number }>();
  return {
    issue(target) {
      const ticket = secret();
      issued.set(ticket, { ...target, at: now().getTime(), uses: 0 });
      if (issued.size > 20_000) issued.delete(issued.keys().next().value ?? '');
      return ticket;
    },
    use(ticket) {
      const target = issued.get(ticket);
      if (!target) throw new Refusal('no_service');
      if (now().getTime() - target.at > limits.responseUrlMs.max) throw new Refusal('expired_url');
      if (target.uses >= limits.responseUrlUses.max) throw new Refusal('used_url');
      target.uses += 1;
      return target;
    },
  };
}
