import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConnectUser } from '../../../sandbox/api/connect.ts';
import type { Message } from '../../../sandbox/api/messages.ts';
import type { WireEntry } from '../../../sandbox/api/wire.ts';
import { matchingUsers } from '../../../sandbox/web/drawers/matching-users.ts';
import {
  matchingEntries,
  mergeWire,
  wireCursor,
} from '../../../sandbox/web/drawers/wire-entries.ts';
import { filterGroups } from '../../../sandbox/web/elements/option-search.ts';
import { suggestionsFor } from '../../../sandbox/web/messages/suggest.ts';
import { readAddress, readPermalink, writeAddress } from '../../../sandbox/web/state/address.ts';
import { initials, inkOn } from '../../../sandbox/web/state/names.ts';
import { mergeMessages, reuse } from '../../../sandbox/web/state/reconcile.ts';
import { createStore } from '../../../sandbox/web/state/store.ts';
import { ago, clock, dayName, formatDate, shortClock } from '../../../sandbox/web/text/dates.ts';
import { slashCommand } from '../../../sandbox/web/text/slash-command.ts';
import { movedRow } from '../../../sandbox/web/ui/combobox-keys.ts';

describe('the address', () => {
  test('reads back what it wrote', () => {
    const address = {
      as: 'U0ARI',
      channel: 'C0REQUESTS',
      thread: '1700000000.000100',
      tab: 'home',
      drawer: 'wire',
      message: null,
    } as const;
    assert.deepEqual(readAddress(writeAddress(address)), address);
  });

  test('is empty for an empty state, and an unknown drawer is ignored', () => {
    assert.equal(readAddress('?drawer=x').drawer, null);
    assert.equal(writeAddress(readAddress('')), '?');
  });

  test('a permalink names a channel and a message', () => {
    const url = new URL('http://127.0.0.1:1/archives/C0REQUESTS/p1700000000000100');
    assert.deepEqual(readPermalink(url), { channel: 'C0REQUESTS', message: '1700000000.000100' });
    assert.equal(readPermalink(new URL('http://127.0.0.1:1/other')), null);
  });
});

describe('the composer', () => {
  const workspace = {
    commands: [
      { command: '/connect-add-user', description: 'Add', usageHint: '[help]' },
      { command: '/other', description: 'Else', usageHint: '' },
    ],
    people: [],
    channels: [],
  };

  test('offers commands after / and only at the beginning', () => {
    const offered = (typed: string) =>
      suggestionsFor(typed, typed.length, workspace).map((user) => user.key);
    assert.deepEqual(offered('/'), ['/connect-add-user', '/other']);
    assert.deepEqual(offered('/con'), ['/connect-add-user']);
    assert.deepEqual(offered('see /con'), []);
    assert.deepEqual(offered('/connect-add-user mary'), []);
  });

  test('tells a command from a message', () => {
    const known = workspace.commands;
    assert.deepEqual(slashCommand('/connect-add-user  help me ', known), {
      command: '/connect-add-user',
      text: 'help me',
    });
    assert.equal(slashCommand('/unknown', known), null);
    assert.equal(slashCommand('hello /other', known), null);
  });
});

describe('a list', () => {
  test('moves in a circle', () => {
    assert.equal(movedRow('ArrowDown', 2, 3), 0);
    assert.equal(movedRow('ArrowUp', 0, 3), 2);
    assert.equal(movedRow('ArrowDown', 0, 0), null);
    assert.equal(movedRow('a', 0, 3), null);
  });

  test('is filtered by text and description, and empty groups go', () => {
    const option = (text: string, detail: string) => ({
      value: text,
      text: { type: 'plain_text' as const, text },
      description: { type: 'plain_text' as const, text: detail },
    });
    const groups = [
      { label: 'A', options: [option('Basic', 'voice'), option('Tier 2', 'chat')] },
      { label: 'B', options: [option('Back office', 'tasks')] },
    ];
    const found = filterGroups(groups, 'CHAT ').map((filterGroup) =>
      filterGroup.options.map((o) => o.value),
    );
    assert.deepEqual(found, [['Tier 2']]);
  });
});

describe('messages', () => {
  const message = (ts: string, text = ts): Message => ({
    ts,
    channel: 'C',
    user: 'U',
    text,
    blocks: [],
    files: [],
    replyCount: 0,
    replyUsers: [],
    edited: false,
    ephemeral: false,
    heard: { screenReader: 'a', notification: 'a' },
  });

  test('a fresh page keeps unchanged objects, older messages, and drops what was deleted', () => {
    const shown = [message('1'), message('2'), message('3'), message('4')];
    const merged = mergeMessages(shown, [message('2'), message('4', 'edited'), message('5')]);
    assert.deepEqual(
      merged.map((message) => [message.ts, message.text]),
      [
        ['1', '1'],
        ['2', '2'],
        ['4', 'edited'],
        ['5', '5'],
      ],
    );
    assert.equal(merged[1], shown[1]);
    assert.notEqual(merged[2], shown[3]);
  });
});

test('unchanged parts of a fetched state keep their objects, at every depth', () => {
  const known = { people: [{ id: 1, tags: ['a'] }, { id: 2 }], me: { id: 1 } };
  const same = reuse(known, structuredClone(known));
  assert.equal(same, known);
  const changed = reuse(known, { people: [{ id: 1, tags: ['a'] }, { id: 3 }], me: { id: 1 } });
  assert.deepEqual(changed, { people: [{ id: 1, tags: ['a'] }, { id: 3 }], me: { id: 1 } });
  assert.notEqual(changed, known);
  assert.equal(changed.people[0], known.people[0]);
  assert.equal(changed.me, known.me);
  const shorter = reuse([1, 2], [1]);
  assert.deepEqual(shorter, [1]);
  assert.ok(Array.isArray(shorter));
  assert.deepEqual(reuse({ a: undefined }, { b: undefined }), { b: undefined });
  assert.deepEqual(reuse([], {}), {});
});

describe('the wire', () => {
  const entry = (seq: number, change: Partial<WireEntry> = {}): WireEntry => ({
    seq,
    at: '2026-11-21T12:00:00Z',
    kind: 'web-api',
    name: 'chat.postMessage',
    request: {},
    response: {},
    status: 200,
    ok: true,
    durationMs: 1,
    ...change,
  });

  test('an ended entry replaces its own entry from when it was under way', () => {
    const pending = entry(2, { status: null, durationMs: null });
    const shown = [entry(1), pending];
    assert.equal(wireCursor(shown), 1);
    const merged = mergeWire(shown, { entries: [entry(2), entry(3)], next: 4 });
    assert.deepEqual(
      merged.map((entry) => [entry.seq, entry.status]),
      [
        [1, 200],
        [2, 200],
        [3, 200],
      ],
    );
    assert.equal(wireCursor(merged), 3);
  });

  test('is filtered by kind, by errors and by any text, newest first', () => {
    const entries = [
      entry(1, { request: { user: 'Mary' } }),
      entry(2, { kind: 'connect', name: 'CreateUser', ok: false, status: 'Throttling' }),
      entry(3, { response: { by: 'mary' } }),
    ];
    const seqs = (kind: string, query: string) =>
      matchingEntries(entries, kind, query).map((user) => user.seq);
    assert.deepEqual(seqs('all', 'MARY'), [3, 1]);
    assert.deepEqual(seqs('errors', ''), [2]);
    assert.deepEqual(seqs('connect', 'createuser throttling'), [2]);
    assert.deepEqual(seqs('delivery', ''), []);
  });
});

test('users are found by any of their values, newest first', () => {
  const user = (username: string, createdAt: string, profile: string): ConnectUser => ({
    id: username,
    arn: '',
    username,
    hasPassword: true,
    routingProfile: 'Basic',
    securityProfiles: [profile],
    settings: {},
    tags: {},
    proficiencies: [],
    createdAt,
  });
  const users = [
    user('a', '2026-01-01T00:00:00Z', 'Agent'),
    user('b', '2026-02-01T00:00:00Z', 'Admin'),
    user('c', '2026-03-01T00:00:00Z', 'Agent'),
  ];
  const found = (query: string) => matchingUsers(users, query).map((user) => user.username);
  assert.deepEqual(found(''), ['c', 'b', 'a']);
  assert.deepEqual(found('agent BASIC'), ['c', 'a']);
});

describe('dates', () => {
  test('a time has a short form without its half of the day', () => {
    const evening = new Date(2026, 10, 21, 19, 2);
    assert.doesNotMatch(shortClock(evening), /[AP]M/i);
    assert.ok(clock(evening).includes(shortClock(evening)));
  });

  const now = new Date(2026, 10, 21, 12, 0, 0);

  test('shows recent days by name', () => {
    assert.equal(dayName(new Date(2026, 10, 21, 0, 1), now), 'Today');
    assert.equal(dayName(new Date(2026, 10, 20, 23, 59), now), 'Yesterday');
    assert.match(dayName(new Date(2025, 0, 2), now), /2025/);
  });

  test('tokens are filled; an unknown token makes it the fallback', () => {
    const moment = new Date(2026, 10, 20, 9, 5);
    assert.equal(formatDate(moment, '{date_num}', 'x', now), '2026-11-20');
    assert.equal(formatDate(moment, 'on {date_short_pretty}', 'x', now), 'on yesterday');
    assert.equal(formatDate(moment, '{nope}', 'fallback', now), 'fallback');
  });

  test('beyond a month a date says more than a count of days', () => {
    assert.match(ago(new Date(2025, 0, 2), now), /2025/);
  });
});

test('an avatar has initials in the ink that reads better', () => {
  assert.equal(initials('Tara Lead'), 'TL');
  assert.equal(initials('Mary Ann Major'), 'MM');
  assert.equal(initials(''), '?');
  assert.equal(inkOn('#ffd166'), '#000000');
  assert.equal(inkOn('#0b3b46'), '#ffffff');
});

test('a store tells its listeners until they leave', () => {
  const store = createStore({ count: 1 });
  const seen: number[] = [];
  const leave = store.subscribe(() => seen.push(store.get().count));
  store.set({ count: 2 });
  store.set(({ count }) => ({ count: count + 1 }));
  leave();
  store.set({ count: 9 });
  assert.deepEqual(seen, [2, 3]);
});
