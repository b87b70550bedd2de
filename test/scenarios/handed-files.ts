/** Files as people send them, and the bot's own files sent back. */
import type { Message } from '../../sandbox/api/messages.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { type Seen, seen } from './seen.ts';

export const websiteHeader =
  'first name,last name,email address,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds)';

/** One valid row of the website's file. */
export function rowOf(
  username: string,
  changes: { routing?: string; security?: string; email?: string } = {},
): string {
  const {
    routing = 'Basic Routing Profile',
    security = 'Agent',
    email = `${username}@harbour.example`,
  } = changes;
  // A number after a dash would be read as a note that is no part of the name.
  const lastName = username.replace(/-(\d+)$/, '$1');
  return `Nia,${lastName},${email},${username},${routing},${security},soft,,yes,30`;
}

export function csv(...rows: string[]): string {
  return [websiteHeader, ...rows, ''].join('\r\n');
}

/** Posts a message with one file and returns the message. */
export async function postFile(
  sandbox: SandboxCalls,
  user: string,
  file: { channel: string; text?: string; name?: string; content: string | Uint8Array },
): Promise<Seen> {
  const contentBase64 = Buffer.from(file.content).toString('base64');
  const { message } = await sandbox.call<{ message: Message }>('POST', '/messages', {
    user,
    channel: file.channel,
    text: file.text ?? '',
    files: [{ name: file.name ?? 'november.csv', contentBase64 }],
  });
  return seen(message);
}

/** The text of the file of this name, once it is in the thread. */
export async function fileIn(
  sandbox: SandboxCalls,
  read: () => Promise<Seen[]>,
  name: RegExp,
): Promise<string> {
  const file = await eventually(`a file ${name} is in the thread`, async () =>
    (await read()).flatMap((message) => message.raw.files).find((file) => name.test(file.name)),
  );
  const answer = await fetch(`${sandbox.url}${file.url}`);
  return (await answer.text()).replace(/^\uFEFF/, '');
}
