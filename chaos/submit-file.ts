/** Posts a file and handles the bot's answers until its rows are requested. */
import type { Message } from '../sandbox/api/messages.ts';
import { postFile } from '../test/scenarios/handed-files.ts';
import { requestsChannel } from '../test/scenarios/person.ts';
import { buttonsIn } from '../test/scenarios/seen.ts';
import type { PersonActions } from './people.ts';
import { fileOf, type PlannedRequest } from './planned-requests.ts';
import { postOf, readPlace } from './slack-reading.ts';

export type SubmittedFile = {
  readonly request: PlannedRequest;
  /** The posts of the file; there is more than one only when an answer said to post it again. */
  readonly posts: {
    readonly message: Message;
    answer: 'settled' | 'not read' | null;
  }[];
  /** One of the posts was answered with the contents of the file, so nothing more has to be done. */
  isSettled: boolean;
};

/** Emoji of the answer while the bot reads the file or waits for something. */
const stillReading = /hourglass_flowing_sand|double_vertical_bar/;
/** Slack did not return the file to the bot, and the answer says to post it again. */
export const notRead = /Slack didn’t give me access|Post it again/;

export async function submitFile(
  actions: PersonActions,
  request: PlannedRequest,
): Promise<SubmittedFile> {
  const file: SubmittedFile = { request, posts: [], isSettled: false };
  await post(actions, file);
  return file;
}

async function post({ sandbox }: PersonActions, file: SubmittedFile): Promise<void> {
  const { request } = file;
  const inChannel = request.how === 'file-in-channel';
  const { raw } = await postFile(sandbox, request.by, {
    channel: inChannel ? requestsChannel : 'U0BOT',
    text: inChannel ? '<@U0BOT> please' : '',
    name: request.fileName,
    content: fileOf(request),
  });
  file.posts.push({ message: raw, answer: null });
}

/** Looks once at the threads of its posts. */
export async function followFile(actions: PersonActions, file: SubmittedFile): Promise<void> {
  for (const handed of file.posts) {
    if (handed.answer !== null) continue;
    const { channel, ts } = handed.message;
    const thread = await readPlace(actions.sandbox, file.request.by, channel, ts);
    // The report may have arrived first, if Slack refused the answer at that time.
    const answer = thread.slice(1).find((message) => postOf(message)?.key === 'file');
    if (!answer || stillReading.test(JSON.stringify(answer.blocks))) continue;
    // An unexpected error occurred: the uploader has the file checked again.
    if (await actions.press(file.request.by, answer, /^Check again$/)) continue;
    const offer = buttonsIn(answer.blocks).some((button) => /^Request \d/.test(button.text));
    if (offer) await actions.press(file.request.by, answer, /^Request \d/);
    else handed.answer = notRead.test(JSON.stringify(answer.blocks)) ? 'not read' : 'settled';
  }
  file.isSettled ||= file.posts.some((post) => post.answer === 'settled');
  const last = file.posts.at(-1);
  if (file.isSettled || !last || actions.signal.aborted) return;
  // Without an answer nobody posts the file again. A file that the bot never accepted counts as lost, and the run
  // reports it.
  if (last.answer === 'not read') await post(actions, file);
}
