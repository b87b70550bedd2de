/** Queries on the sandbox's recorder. */
import type { WireEntry } from '../../sandbox/api/wire.ts';
import type { SandboxCalls } from './sandbox-calls.ts';

/** How often CreateUser arrived at Connect for this username, with any answer (H1, created at most once). */
export async function createsOf(sandbox: SandboxCalls, username: string): Promise<number> {
  const calls = await sandbox.wire('connect');
  return calls.filter((call) => call.name === 'CreateUser' && call.about === username).length;
}

/** Calls of one Web API method that Slack accepted. */
export async function acceptedCalls(sandbox: SandboxCalls, method: string): Promise<WireEntry[]> {
  const calls = await sandbox.wire('web-api');
  return calls.filter((call) => call.name === method && call.ok);
}

/** Deliveries with this name, in order. */
export async function deliveries(sandbox: SandboxCalls, name: string): Promise<WireEntry[]> {
  const all = await sandbox.wire('delivery');
  return all.filter((entry) => entry.name === name);
}

/** All text that the bot sent to people, as one string to search in. */
export async function everythingSaid(sandbox: SandboxCalls): Promise<string> {
  const calls = await sandbox.wire();
  const said = calls.filter((call) => ['web-api', 'response-url', 'connect'].includes(call.kind));
  const answers = calls.filter((call) => call.kind === 'delivery').map((call) => call.response);
  return JSON.stringify([said, answers]);
}

/** The people whom the bot's messages notified by mention or by `<!channel>` and similar (H6). */
export async function everybodyMentioned(sandbox: SandboxCalls): Promise<string[]> {
  const mentions = (await sandbox.wire()).flatMap((call) => call.mentions ?? []);
  // A card mentions its requester, by the id from Slack.
  return mentions.filter((id) => id !== 'U0TARA');
}
