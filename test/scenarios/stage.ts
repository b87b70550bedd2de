/** The sandbox's cast: who requests, who decides, and what everybody can see. */
import assert from 'node:assert/strict';
import type { FieldValues } from './form.ts';
import { type Person, requestsChannel, somebody } from './person.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import type { Seen } from './seen.ts';

export type Stage = {
  readonly sandbox: SandboxCalls;
  readonly tara: Person;
  readonly noa: Person;
  readonly ari: Person;
  readonly bea: Person;
  readonly sam: Person;
  person(id: string): Person;
  /** Fills in the form as this person, submits it, and waits for a card with a decision to make. */
  ask(who: Person, values?: FieldValues): Promise<Seen>;
  /** The card in the requests channel, once it contains these words. */
  card(words: RegExp): Promise<Seen>;
  /** The card's thread, once one of its messages contains these words. */
  threadSays(card: Seen, words: RegExp): Promise<Seen>;
};

/** Tara's request, unless a test specifies another. */
export const mary = {
  'First name': 'Mary',
  'Last name': 'Major',
  Username: 'Mary',
  Email: 'mary.major@harbour.example',
  'Routing profile': 'Basic Routing Profile',
  'Security profiles': ['Agent'],
  Reason: 'back-fill for J. Ortiz',
} as const satisfies FieldValues;

export function stage(sandbox: SandboxCalls): Stage {
  const person = (id: string) => somebody(sandbox, id);
  const ari = person('U0ARI');

  async function card(words: RegExp): Promise<Seen> {
    let last: Seen[] = [];
    return eventually(
      `a card says ${words}`,
      async () => {
        last = await ari.messages(requestsChannel);
        return last.find((message) => words.test(message.text));
      },
      { seen: () => last.map((message) => message.text) },
    );
  }

  return {
    sandbox,
    tara: person('U0TARA'),
    noa: person('U0NOA'),
    ari,
    bea: person('U0BEA'),
    sam: person('U0SAM'),
    person,
    card,
    async ask(who, values = mary) {
      const form = await who.openForm();
      const sent = await form.submit(values);
      assert.deepEqual(sent.errors, {});
      assert.equal(sent.outcome, 'closed', sent.detail);
      const username = String(values.Username);
      return eventually(`the card of ${username} has buttons`, async () => {
        const cards = await ari.messages(requestsChannel);
        return cards.find((card) => card.text.includes(`(${username})`) && card.buttons.length > 0);
      });
    },
    async threadSays(root, words) {
      let last: Seen[] = [];
      return eventually(
        `the thread says ${words}`,
        async () => {
          last = await ari.thread(root);
          return last.find((message) => words.test(message.text));
        },
        { seen: () => last.map((message) => message.text) },
      );
    },
  };
}

/** A change that an admin makes in the meantime: the profile *Agent* gets this additional permission. */
export async function grantToAgent(sandbox: SandboxCalls, permission: string): Promise<void> {
  const { securityProfiles } = await sandbox.connect();
  const agent = securityProfiles.find((profile) => profile.name === 'Agent');
  await sandbox.website({
    instance: 'production',
    action: 'set-permissions',
    id: 'Agent',
    permissions: [...(agent?.permissions ?? []), permission],
  });
}

/** The bot's messages at the end of one request, each exactly once: card, decision, receipt, two direct messages. */
export async function saidOnce(scenario: Stage & { settled?: () => Promise<void> }): Promise<void> {
  const { ari, tara, card, threadSays } = scenario;
  const done = await card(/✅ 1 created/);
  await threadSays(done, /is ready in production/);
  await tara.isSent(/is ready in production/);
  await scenario.settled?.();
  assert.equal((await ari.messages()).length, 1, 'one card');
  // One reply when creating took less than two seconds, otherwise two.
  const replies = await ari.thread(done);
  for (const words of [/ approved \(holds/, / is ready in /]) {
    assert.equal(replies.filter(({ text }) => words.test(text)).length, 1, String(words));
  }
  assert.ok(replies.length <= 2, 'nothing but a decision and a receipt');
  assert.equal((await tara.directMessages()).length, 2, 'asked, and how it ended');
}
