/** Trigger ids: valid for three seconds and one use, and only for the person whose action created them. */
import { bot } from '../seed.ts';
import { secret } from './ids.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

export type Trigger = { user: string; viewId?: string };

export type Triggers = {
  /** `expired` is the answer for the fault with that name. */
  issue(trigger: Trigger & { expired?: boolean }): string;
  /**
   * Uses up the trigger.
   *
   * @throws Refusal invalid_trigger_id, expired_trigger_id, exchanged_trigger_id
   */
  exchange(id: string): Trigger;
};

type Issued = Trigger & { at: number; used: boolean };

/** `livesMs`: how long a trigger is valid; Slack's three seconds by default. */
export function createTriggers(now: () => Date, livesMs: number = limits.triggerMs.max): Triggers {
  const issued = new Map<string, Issued>();
  let count = 0;

  return {
    issue({ expired = false, ...trigger }) {
      count += 1;
      const at = now().getTime() - (expired ? livesMs + 1 : 0);
      const id = `${count}${String(at).slice(-6)}.${bot.appId.length}${count}.${secret()}`;
      issued.set(id, { ...trigger, at, used: false });
      // Expired triggers are remembered for a while, so that they can be distinguished from unknown ones.
      if (issued.size > 20_000) issued.delete(issued.keys().next().value ?? '');
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (!trigger) throw new Refusal('invalid_trigger_id');
      if (trigger.used) throw new Refusal('exchanged_trigger_id');
      if (now().getTime() - trigger.at > livesMs) {
        throw new Refusal('expired_trigger_id');
      }
      trigger.used = true;
      return trigger;
    },
  };
}
