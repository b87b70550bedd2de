/** Response addresses: five uses within thirty minutes, and then no more. */
import { secret } from './ids.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

/** What an answer through the address refers to. */
export type ResponseTarget = {
  user: string;
  channel: string;
  /** The message that the interaction came from, for `replace_original` and `delete_original`. */
  messageTs?: string;
  threadTs?: string;
};

export type ResponseUrls = {
  /** The last part of the address. */
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
