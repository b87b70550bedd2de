/** Reads all messages that people see in Slack: every page of a channel, and every thread. */
import type { Message, Messages } from '../sandbox/api/messages.ts';
import type { State } from '../sandbox/api/workspace.ts';
import type { SandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { isBag } from '../test/scenarios/seen.ts';

const pageSize = 1_000;

/** Messages of a channel or of a thread in it, oldest first; a thread begins with its root. */
export async function readPlace(
  sandbox: SandboxCalls,
  user: string,
  channel: string,
  thread?: string,
): Promise<Message[]> {
  const all: Message[] = [];
  for (let before = ''; ; ) {
    const query = new URLSearchParams({ user, channel, limit: String(pageSize) });
    if (thread !== undefined) query.set('thread_ts', thread);
    if (before !== '') query.set('before', before);
    const { messages, hasMore } = await sandbox.call<Messages>('GET', `/messages?${query}`);
    all.unshift(...messages);
    const [first] = messages;
    if (!hasMore || !first) return all;
    before = first.ts;
  }
}

/** A channel with all its threads. */
export async function readWhole(
  sandbox: SandboxCalls,
  user: string,
  channel: string,
): Promise<Message[]> {
  const roots = await readPlace(sandbox, user, channel);
  const all = [...roots];
  for (const root of roots) {
    if (root.replyCount === 0) continue;
    all.push(...(await readPlace(sandbox, user, channel, root.ts)).slice(1));
  }
  return all;
}

/** The direct message of this person with the bot, if there is one. */
export async function directChannel(
  sandbox: SandboxCalls,
  user: string,
): Promise<string | undefined> {
  const { channels, bot } = await sandbox.call<State>('GET', `/state?user=${user}`);
  return channels.find((channel) => channel.kind === 'im' && channel.with === bot.userId)?.id;
}

/** Which post of which request a message of the bot is, read from the metadata of the message. */
export function postOf(message: Message): { request: number; key: string } | null {
  const payload = message.metadata?.event_payload;
  if (!isBag(payload) || typeof payload.request !== 'number') return null;
  return { request: payload.request, key: String(payload.key) };
}
