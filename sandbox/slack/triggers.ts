/** Trigger ids: three seconds, one use, and only for the person whose act gave them. */
import { bot } from '../seed.ts';
import { secret } from './ids.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

export type Trigger = { user: string; viewId?: string };

export type Triggers = {
  /** `expired` is what the fault of that name answers. */
  issue(trigger: Trigger & { expired?: boolean }): string;
  /**
   * Uses the trigger up.
   * @throws Refusal invalid_trigger_id, expired_trigger_id, exchanged_trigger_id
   */
  exchange(id: string): Trigger;
};

type Issued = Trigger & { at: number; used: boolean };

/** `livesMs`: how long a trigger can be used; Slack's three seconds unless said otherwise. */
export function createTriggers(now: () => Date, livesMs: number = limits.triggerMs.max): Triggers {
  const issued = new Map<string, Issued>();
  let count = 0;

  return {
    issue({ expired = false, ...trigger }) {
      count += 1;
      const at = now().getTime() - (expired ? livesMs + 1 : 0);
      const id = `${count}${String(at).slice(-6)}.${bot.appId.length}${count}.${secret()}`;
      issued.set(id, { ...trigger, at, used: false });
      // What is long over is told apart from what never was for a while, not forever.
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
