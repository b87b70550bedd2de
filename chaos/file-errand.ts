/** Handing a file in, and looking after it until its rows are requested. */
import type { Message } from '../sandbox/api/messages.ts';
import { postFile } from '../test/scenarios/handed-files.ts';
import { requestsChannel } from '../test/scenarios/person.ts';
import { buttonsIn } from '../test/scenarios/seen.ts';
import { type Ask, fileOf } from './asks.ts';
import type { Hands } from './crew.ts';
import { postOf, readPlace } from './slack-reading.ts';

export type FileHandedIn = {
  readonly ask: Ask;
  /** Each time that it was posted; more than once only when an answer said to post it again. */
  readonly posts: {
    readonly message: Message;
    answer: 'settled' | 'not read' | null;
  }[];
  /** One of its posts was answered with what is in the file, and needs nothing more. */
  isSettled: boolean;
};

/** Emoji of the answer while the bot reads the file, or waits for something. */
const stillReading = /hourglass_flowing_sand|double_vertical_bar/;
/** Slack gave the bot something else than the file; the answer says to post it again. */
const notRead = /Slack did not give me|Post it again/;

export async function handIn(hands: Hands, ask: Ask): Promise<FileHandedIn> {
  const file: FileHandedIn = { ask, posts: [], isSettled: false };
  await post(hands, file);
  return file;
}

async function post({ sandbox }: Hands, file: FileHandedIn): Promise<void> {
  const { ask } = file;
  const inChannel = ask.how === 'file-in-channel';
  const { raw } = await postFile(sandbox, ask.by, {
    channel: inChannel ? requestsChannel : 'U0BOT',
    text: inChannel ? '<@U0BOT> please' : '',
    name: ask.fileName,
    content: fileOf(ask),
  });
  file.posts.push({ message: raw, answer: null });
}

/** One look at the threads of its posts. */
export async function lookAfterFile(hands: Hands, file: FileHandedIn): Promise<void> {
  for (const handed of file.posts) {
    if (handed.answer !== null) continue;
    const { channel, ts } = handed.message;
    const thread = await readPlace(hands.sandbox, file.ask.by, channel, ts);
    // The report may have come first, when Slack would not take the answer at once.
    const answer = thread.slice(1).find((message) => postOf(message)?.key === 'file');
    if (!answer || stillReading.test(JSON.stringify(answer.blocks))) continue;
    // Something went wrong that nobody knows: whoever handed the file in has it checked again.
    if (await hands.press(file.ask.by, answer, /^Check again$/)) continue;
    const offer = buttonsIn(answer.blocks).some((button) => /^Request \d/.test(button.text));
    if (offer) await hands.press(file.ask.by, answer, /^Request \d/);
    else handed.answer = notRead.test(JSON.stringify(answer.blocks)) ? 'not read' : 'settled';
  }
  file.isSettled ||= file.posts.some((post) => post.answer === 'settled');
  const last = file.posts.at(-1);
  if (file.isSettled || !last || hands.signal.aborted) return;
  // Without a word nobody posts it again: a file that the bot never took is lost, and the run says so.
  if (last.answer === 'not read') await post(hands, file);
}
