/** Files in Slack: downloads a file that a person posted, and posts a file in a thread. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackConfig } from '../config/config.ts';
import { ProblemError, problem } from '../errors/problem.ts';
import { isSlackAddress } from './client.ts';
import type { People } from './people.ts';
import { SlackUnavailableError, slackErrorCode } from './slack-failure.ts';

export type FetchedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Largest file that is read: 10 MB. */
export const mostBytes = 10 * 1024 * 1024;
/** A download that is slower than this is given up and tried again. */
const downloadTimeoutMs = 60_000;

/** Channels by id, or a list of their ids; what Slack left out, or wrote in another way, is empty. */
const ids = z.array(z.string()).catch([]);
const byId = z.record(z.string(), z.unknown()).transform(Object.keys).catch([]);

const fileInfo = z.object({
  id: z.string(),
  user: z.string().nullish().catch(null),
  name: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
  channels: ids,
  groups: ids,
  ims: ids,
  shares: z.object({ public: byId, private: byId }).catch({ public: [], private: [] }),
});
type FileInfo = z.infer<typeof fileInfo>;

/** Conversations of a file that are searched for a person; nobody shares a list of users in more. */
const mostPlaces = 10;

export type SlackFiles = {
  /**
   * The bytes of a file that a person submits. Throws ProblemError `file.*` when Slack refuses to deliver it, the
   * person cannot see it in Slack or it is too large, and any other error when a retry may help.
   */
  fetch(fileId: string, personId: string): Promise<FetchedFile>;
};

export function createSlackFiles(
  client: WebClient,
  slack: SlackConfig,
  people: Pick<People, 'isMember'>,
): SlackFiles {
  return {
    async fetch(fileId, personId) {
      const info = await describe(client, fileId);
      // A forged click can contain the id of any file. The answer is the same as for a file that does not exist for
      // the bot.
      if (!(await canSee(people, info, personId))) {
        throw new ProblemError(problem('file.not-given', { name: 'this file' }));
      }
      const name = info.name ?? 'file';
      if (info.mode === 'tombstone' || info.mode === 'hidden_by_limit') {
        throw new ProblemError(problem('file.gone', { name }));
      }
      if ((info.size ?? 0) > mostBytes)
        throw new ProblemError(problem('file.too-big', { limit: 10 }));
      const url = new URL(info.url_private_download ?? info.url_private ?? 'about:blank');
      if (!isSlackAddress(url, slack)) throw new ProblemError(problem('file.not-given', { name }));
      return { name, bytes: await download(url, slack.botToken, name) };
    },
  };
}

/**
 * Whether the person can see the file in Slack: their own, one in a public channel, or one in a conversation with
 * both the bot and the person.
 */
async function canSee(
  people: Pick<People, 'isMember'>,
  { user, channels, groups, ims, shares }: FileInfo,
  personId: string,
): Promise<boolean> {
  if (user === personId || shares.public.length > 0) return true;
  const places = new Set([...shares.private, ...groups, ...ims, ...channels]);
  for (const place of [...places].slice(0, mostPlaces)) {
    if (await people.isMember(place, personId)) return true;
  }
  return false;
}

async function describe(client: WebClient, fileId: string): Promise<FileInfo> {
  try {
    const answer = await client.files.info({ file: fileId });
    return fileInfo.parse(answer.file);
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === 'file_not_found' || code === 'file_deleted') {
      throw new ProblemError(problem('file.gone', { name: 'This file' }), { cause: error });
    }
    if (code === 'not_visible' || code === 'access_denied' || code === 'not_allowed') {
      throw new ProblemError(problem('file.not-given', { name: 'this file' }), { cause: error });
    }
    throw error;
  }
}

async function download(url: URL, token: string, name: string): Promise<Uint8Array> {
  const answer = await answered(() =>
    fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      // Without access Slack sends a redirect to its sign-in page, and the token must not be sent there.
      redirect: 'manual',
      signal: AbortSignal.timeout(downloadTimeoutMs),
    }),
  );
  if (answer.status >= 500 || answer.status === 429) {
    await answer.body?.cancel();
    throw new SlackUnavailableError(`the download of a file answered ${answer.status}`);
  }
  const type = answer.headers.get('content-type') ?? '';
  if (answer.status !== 200 || type.startsWith('text/html')) {
    await answer.body?.cancel();
    throw new ProblemError(problem('file.not-given', { name }));
  }
  return readBounded(answer);
}

/** With valid arguments, which are built here, `fetch` throws only for failures of the connection to Slack. */
async function answered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (cause) {
    throw new SlackUnavailableError('a file could not be downloaded', { cause });
  }
}

/**
 * Reads up to the maximum size of a file, into separate memory that can be transferred to another thread. The header
 * with the length is not trusted: there can be more bytes, and with fewer the file is incomplete.
 */
async function readBounded(answer: Response): Promise<Uint8Array> {
  const told = Number(answer.headers.get('content-length') ?? Number.NaN);
  let bytes = new Uint8Array(Math.min(told || firstBytes, mostBytes));
  let length = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const part = await answered(async () => (await reader?.read())?.value);
    if (!part) break;
    const end = length + part.byteLength;
    if (end > mostBytes) {
      await reader?.cancel();
      throw new ProblemError(problem('file.too-big', { limit: 10 }));
    }
    if (end > bytes.length)
      bytes = grown(bytes, Math.min(Math.max(end, 2 * bytes.length), mostBytes));
    bytes.set(part, length);
    length = end;
  }
  if (!answer.headers.get('content-encoding') && !Number.isNaN(told) && told !== length) {
    throw new SlackUnavailableError(`a file was cut off: ${length} of ${told} bytes`);
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** For a file of unknown length. */
const firstBytes = 64 * 1024;

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
