/**
 * Runs several tasks concurrently on one database, one statement at a time, in an order that the test chooses. It can
 * also break a connection at a given statement, before or after the statement took effect.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import pg from 'pg';
import { BotDialect } from '../../src/storage/postgres-connections.ts';
import type { Schema } from '../../src/storage/schema.ts';

/** Where the connection of a task breaks: at its n-th statement, counted from 1. */
export type Cut = { readonly statement: number; readonly tookEffect: boolean };

export type Work = { readonly run: () => Promise<unknown>; readonly cut: Cut | null };

/** One running task. */
type Task = {
  readonly cut: Cut | null;
  statements: number;
  /** Callbacks that release the task's waiting statements, oldest first; rows are sent concurrently. */
  readonly waiting: (() => void)[];
  underWay: Promise<unknown> | null;
  ended: boolean;
};

/** How long a statement may take before it counts as waiting for a lock of another task. */
const blockedAfterMs = 15;

export type StatementGate = {
  readonly db: Kysely<Schema>;
  /**
   * Starts all tasks and releases their statements one by one.
   *
   * @param choose which of `count` waiting tasks continues next
   * @returns the error that each task threw, or null
   */
  runAll(works: readonly Work[], choose: (count: number) => number): Promise<unknown[]>;
  close(): Promise<void>;
};

export function statementGate(url: string): StatementGate {
  const current = new AsyncLocalStorage<Task>();
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  async function query(client: GatedClient, text: string, values: unknown[]) {
    if (client.broken) throw lost();
    const task = current.getStore();
    if (!task) return client.real.query(text, values);
    await new Promise<void>((resolve) => task.waiting.push(resolve));
    if (client.broken) throw lost();
    const isCut = task.cut?.statement === ++task.statements;
    if (isCut && !task.cut?.tookEffect) {
      client.broken = true;
      throw lost();
    }
    const running = client.real.query(text, values);
    task.underWay = running.catch(() => {});
    try {
      const result = await running;
      if (!isCut) return result;
      client.broken = true;
      throw lost();
    } finally {
      task.underWay = null;
    }
  }

  const gatedPool = {
    async connect() {
      const client: GatedClient = { real: await pool.connect(), broken: false };
      return {
        query: (text: string, values: unknown[]) => query(client, text, values),
        release: () => client.real.release(client.broken),
      };
    },
    end: () => pool.end(),
  };
  // Kysely uses only these two functions of a pool, and two others of a client.
  const dialect = new BotDialect({ pool: gatedPool as unknown as pg.Pool });
  const db = new Kysely<Schema>({ dialect });

  async function runAll(works: readonly Work[], choose: (count: number) => number) {
    const errors: unknown[] = works.map(() => null);
    const tasks = works.map(({ run, cut }, index) => {
      const task: Task = { cut, statements: 0, waiting: [], underWay: null, ended: false };
      current
        .run(task, run)
        .catch((error: unknown) => {
          errors[index] = error;
        })
        .finally(() => {
          task.ended = true;
        });
      return task;
    });
    while (tasks.some((task) => !task.ended)) {
      const waiting = tasks.filter((task) => task.waiting.length > 0);
      const next = waiting[choose(waiting.length || 1) % (waiting.length || 1)];
      if (!next) {
        await sleep(1);
        continue;
      }
      next.waiting.shift()?.();
      await new Promise(setImmediate);
      if (next.underWay) await Promise.race([next.underWay, sleep(blockedAfterMs)]);
      // The code that follows the result, up to the next statement, runs before another task continues.
      await new Promise(setImmediate);
    }
    return errors;
  }

  return { db, runAll, close: () => db.destroy() };
}

type GatedClient = { readonly real: pg.PoolClient; broken: boolean };

function lost(): Error {
  return new Error('Connection terminated unexpectedly');
}
