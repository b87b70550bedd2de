/** A member of the sandbox's cast, with the actions that a person has in Slack. */
import type { ActionResult, CommandResult } from '../../sandbox/api/interactions.ts';
import type { Messages } from '../../sandbox/api/messages.ts';
import type { View, Views } from '../../sandbox/api/views.ts';
import type { State } from '../../sandbox/api/workspace.ts';
import { type Form, openedForm, type Submitted } from './form.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { buttonsIn, type Seen, seen, textOfView } from './seen.ts';

export const requestsChannel = 'C0REQUESTS';
export const generalChannel = 'C0GENERAL';

export type Person = {
  readonly id: string;
  /** Types the slash command, in #general by default. */
  command(text?: string, channel?: string): Promise<CommandResult>;
  /** The open modals, bottom first. */
  views(): Promise<View[]>;
  /** The topmost modal, once it can be filled in. */
  form(): Promise<Form>;
  /** The topmost modal, once it contains these words. */
  notice(words: RegExp): Promise<string>;
  /** Types the slash command and waits for the form. */
  openForm(channel?: string): Promise<Form>;
  /** Messages of a channel, oldest first. */
  messages(channel?: string): Promise<Seen[]>;
  /** Replies below a message, without the message itself. */
  thread(root: Seen, channel?: string): Promise<Seen[]>;
  /** The ephemeral messages for this person in a channel. */
  told(channel?: string): Promise<string[]>;
  /** Waits for an ephemeral message with these words and returns its text. */
  isTold(words: RegExp, channel?: string): Promise<string>;
  /** Direct messages with the bot, oldest first. */
  directMessages(): Promise<Seen[]>;
  /** Waits for a direct message with these words. */
  isSent(words: RegExp): Promise<Seen>;
  /** Presses a button on a message. */
  press(message: Seen, button: string, channel?: string): Promise<ActionResult>;
  /** Presses Deny and submits this reason in the form. */
  deny(message: Seen, reason: string): Promise<Submitted>;
  /** Opens the App Home and returns its text, once it contains these words. */
  home(words: RegExp): Promise<string>;
  /** The App Home as it was last published, once it contains these words; it is not opened. */
  homeSays(words: RegExp): Promise<string>;
  /** Presses a button on the App Home. */
  pressAtHome(button: string, options?: { readonly confirmed?: boolean }): Promise<ActionResult>;
};

export function somebody(sandbox: SandboxCalls, id: string): Person {
  const user = id;
  const views = async () => (await sandbox.call<Views>('GET', `/views?user=${user}`)).views;
  const read = async (channel: string, thread?: string) => {
    const query = `user=${user}&channel=${channel}${thread ? `&thread_ts=${thread}` : ''}`;
    const { messages } = await sandbox.call<Messages>('GET', `/messages?${query}`);
    return messages.map(seen);
  };
  const command = (text = '', channel = generalChannel) =>
    sandbox.call<CommandResult>('POST', '/commands', {
      user,
      channel,
      command: '/connect-add-user',
      text,
    });

  async function press(message: Seen, button: string, channel = message.raw.channel) {
    const found = buttonsIn(message.raw.blocks).find((element) => element.text === button);
    if (!found) throw new Error(`no button “${button}” on: ${message.text}`);
    const { text: _text, ...element } = found;
    const at = { channel, messageTs: message.ts };
    return sandbox.call<ActionResult>('POST', '/actions', {
      user,
      ...at,
      ...element,
      confirmed: true,
    });
  }

  async function form(): Promise<Form> {
    let last: View[] = [];
    const view = await eventually(
      `a form opens for ${user}`,
      async () => {
        last = await views();
        const top = last.at(-1);
        return top?.submit === undefined ? undefined : top;
      },
      { seen: () => last.map(textOfView) },
    );
    return openedForm(sandbox, user, view.id);
  }

  async function messages(channel = requestsChannel): Promise<Seen[]> {
    return (await read(channel)).filter((message) => !message.ephemeral);
  }

  /** Includes ephemeral messages in threads. */
  async function told(channel = requestsChannel): Promise<string[]> {
    const all = await read(channel);
    const threads = all.filter((message) => message.raw.replyCount > 0);
    const replies = await Promise.all(threads.map((root) => read(channel, root.ts)));
    const ephemerals = [...all, ...replies.flat()].filter((message) => message.ephemeral);
    const distinct = new Map(ephemerals.map((message) => [message.ts, message.text]));
    return [...distinct.values()];
  }

  async function directChannel(): Promise<string | undefined> {
    const { channels, bot } = await sandbox.call<State>('GET', `/state?user=${user}`);
    return channels.find((channel) => channel.kind === 'im' && channel.with === bot.userId)?.id;
  }

  async function directMessages(): Promise<Seen[]> {
    const channel = await directChannel();
    return channel === undefined ? [] : read(channel);
  }

  function homeSays(words: RegExp): Promise<string> {
    let last = '';
    return eventually(
      `the App Home of ${user} says ${words}`,
      async () => {
        const { view } = await sandbox.call<{ view: View | null }>('GET', `/home?user=${user}`);
        last = view ? textOfView(view) : '';
        return words.test(last) ? last : undefined;
      },
      { seen: () => last },
    );
  }

  return {
    id,
    command,
    views,
    form,
    async notice(words) {
      let last = '';
      return eventually(
        `a view for ${user} says ${words}`,
        async () => {
          const top = (await views()).at(-1);
          last = top ? textOfView(top) : '';
          return words.test(last) ? last : undefined;
        },
        { seen: () => last },
      );
    },
    async openForm(channel) {
      const result = await command('', channel);
      if (result.outcome !== 'ok') throw new Error(`the command failed: ${result.detail ?? ''}`);
      return form();
    },
    messages,
    thread: async (root, channel = requestsChannel) => (await read(channel, root.ts)).slice(1),
    told,
    async isTold(words, channel) {
      let last: string[] = [];
      return eventually(
        `${user} is told ${words}`,
        async () => {
          last = await told(channel);
          return last.find((text) => words.test(text));
        },
        { seen: () => last },
      );
    },
    directMessages,
    async isSent(words) {
      let last: Seen[] = [];
      return eventually(
        `${user} is sent ${words}`,
        async () => {
          last = await directMessages();
          return last.find((message) => words.test(message.text));
        },
        { seen: () => last.map((message) => message.text) },
      );
    },
    press,
    async deny(message, reason) {
      await press(message, 'Deny');
      const asking = await form();
      const [label = ''] = await asking.labels();
      return asking.submit({ [label]: reason });
    },
    async home(words) {
      await sandbox.call('POST', '/home', { user });
      return homeSays(words);
    },
    homeSays,
    async pressAtHome(button, { confirmed = false } = {}) {
      const { view } = await sandbox.call<{ view: View | null }>('GET', `/home?user=${user}`);
      const found = buttonsIn(view?.blocks ?? []).find((element) => element.text === button);
      if (!view || !found) throw new Error(`no button “${button}” on the App Home`);
      const { blockId, actionId } = found;
      const press = { user, viewId: view.id, blockId, actionId };
      return sandbox.call('POST', '/actions', confirmed ? { ...press, confirmed } : press);
    },
  };
}
