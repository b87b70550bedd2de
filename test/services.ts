/** The services of the use cases on a real database; the test controls the people, Connect and the clock. */

import type { TestContext } from 'node:test';
import type { InstanceClient } from '../src/connect/instance-client.ts';
import type { Problem } from '../src/errors/problem.ts';
import { createFileChecker } from '../src/file-checker/file-checker.ts';
import { createStoredLinks } from '../src/links/links-store.ts';
import { createLog } from '../src/operations/log.ts';
import type { Clocks } from '../src/operations/stopwatch.ts';
import { createViewLimits } from '../src/pacing/view-limits.ts';
import { createSendTurns } from '../src/provisioning/send-turns.ts';
import type { Services, Timing } from '../src/services.ts';
import { standardTiming } from '../src/services.ts';
import type { Place } from '../src/slack/ephemeral.ts';
import type { People } from '../src/slack/people.ts';
import { createNewerBlocks } from '../src/slack/posts/send-newer-blocks.ts';
import type { SlackPerson } from '../src/slack/slack-person.ts';
import { openDatabase } from '../src/storage/database.ts';
import type { NewJob } from '../src/storage/queues.ts';
import { identityPolicy } from './auth/people.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export const log = createLog({ level: 'silent' });

/** 32 bytes that are used only in tests. */
export const secretsKey = new Uint8Array(32).fill(7);

export type TestServices = {
  readonly services: Services;
  readonly database: TestDatabase;
  /** Jobs whose transaction was not rolled back, in the order in which they were added. */
  readonly jobs: NewJob[];
  readonly operatorsTold: Problem[];
  readonly ephemerals: { readonly place: Place; readonly problem: Problem }[];
  /** Moves the clock of everything that calls `now`. */
  pass(ms: number): void;
};

export type ServicesOptions = {
  readonly instanceClients?: readonly InstanceClient[];
  readonly people?: readonly SlackPerson[];
  /** User group → ids of its members. */
  readonly usergroups?: Readonly<Record<string, readonly string[]>>;
  /** Ids of the people in every channel. */
  readonly members?: readonly string[];
  readonly timing?: Partial<Timing>;
  readonly canTypePassword?: boolean;
  /** The machine's own clocks by default. */
  readonly clocks?: Clocks;
  /** Replaces the function that records the jobs. */
  readonly enqueue?: Services['jobs']['enqueue'];
};

export async function testServices(
  t: TestContext,
  options: ServicesOptions = {},
): Promise<TestServices> {
  const database = await testDatabase();
  const opened = await openDatabase(database.config, { log });
  t.after(async () => {
    await opened.close();
    await database.drop();
  });
  // No thread starts before a file is read.
  const fileChecker = createFileChecker();
  t.after(() => fileChecker.stop());
  const jobs: NewJob[] = [];
  const operatorsTold: Problem[] = [];
  const ephemerals: { place: Place; problem: Problem }[] = [];
  let passed = 0;
  const now = () => new Date(Date.now() + passed);
  const instanceClients = new Map(
    (options.instanceClients ?? []).map((instanceClient) => [
      instanceClient.config.alias,
      instanceClient,
    ]),
  );
  const services: Services = {
    config: {
      slack: {
        botToken: 'xoxb-test',
        apiUrl: 'http://127.0.0.1:9/api/',
        transport: { kind: 'socket', appToken: 'xapp-test' },
      },
      database: database.config,
      ...(options.canTypePassword === false ? {} : { secretsKey }),
      passwordsExpireAfterMs: 24 * 3_600_000,
      identity: identityPolicy,
      openRequestsPerPerson: 1000,
      policyHash: 'f'.repeat(64),
      retentionDays: 90,
      instances: [...instanceClients.values()].map((instanceClient) => instanceClient.config),
      operators: [],
      log: { level: 'silent' },
    },
    timing: { ...standardTiming, ...options.timing },
    // No use case that is tested on its own fetches a file; the scenarios test that.
    files: { fetch: (id) => Promise.reject(new Error(`nobody posted ${id}`)) },
    fileChecker,
    db: opened.db,
    intake: opened.intake,
    jobs: {
      start: () => Promise.resolve(),
      work: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      windDown: () => Promise.resolve(),
      enqueue:
        options.enqueue ??
        ((_tx, job) => {
          jobs.push(job);
          return Promise.resolve();
        }),
    },
    links: createStoredLinks(opened.db),
    // Not known here; scenarios test the search for people who could approve.
    audiences: { peek: () => undefined, soon: () => Promise.resolve(undefined) },
    people: peopleOf(options),
    sendEphemeral: (place, problem) => {
      ephemerals.push({ place, problem });
      return Promise.resolve();
    },
    newerBlocks: createNewerBlocks({ now, log }),
    ...createViewLimits(standardTiming),
    tellOperators: (what) => {
      operatorsTold.push(what);
      return Promise.resolve();
    },
    isSharedChannel: () => Promise.resolve(false),
    instanceClients,
    sendTurns: createSendTurns(opened.db, options.clocks),
    examine: () => Promise.resolve([]),
    now,
    log,
  };
  return {
    services,
    database,
    jobs,
    operatorsTold,
    ephemerals,
    pass: (ms) => {
      passed += ms;
    },
  };
}

function peopleOf({ people = [], usergroups = {}, members = [] }: ServicesOptions): People {
  const find = (id: string) => people.find((person) => person.id === id);
  const groupsOf = (id: string, asked: readonly string[]) =>
    asked.filter((group) => usergroups[group]?.includes(id));
  return {
    home: {
      teamId: 'T1',
      name: 'Harbour Support',
      botUserId: 'U0BOT',
      url: 'https://harbour.test/',
    },
    person: (id) => Promise.resolve(find(id) ?? null),
    peek: (id) => find(id),
    membersOfGroup: (group) => Promise.resolve(usergroups[group] ?? []),
    usergroupsOf: (id, asked) => Promise.resolve(groupsOf(id, asked)),
    peekUsergroupsOf: (id, asked) => groupsOf(id, asked),
    unlisted: (asked) => asked.filter((group) => usergroups[group] === undefined),
    membersOf: () => Promise.resolve([...members]),
    isMember: (_channel, id) => Promise.resolve(members.includes(id)),
    whoHasAddress: (address) => {
      const found = people.find((person) => person.email === address);
      return Promise.resolve(found ? { id: found.id, name: found.name } : null);
    },
  };
}
