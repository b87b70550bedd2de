/**
 * Files of users are read and checked in a separate thread with limits of memory and time. At worst, a file ends that
 * thread. Its uploader is then informed, and the bot continues.
 */
import { Worker } from 'node:worker_threads';
import { ProblemError, problem } from '../errors/problem.ts';
import { giveBackMemory } from '../operations/collect-garbage.ts';
import type { FileResult, ResultRow } from '../users/files/file-result.ts';
import type { FileToCheck, StoredTable } from '../users/files/read-and-check.ts';
import { ColumnsMissingError } from '../users/files/table/columns-missing.ts';
import { FileQuestionError } from '../users/files/table/file-question.ts';
import type { FileContext, FromReader, ToReader } from './messages.ts';

export type CheckedFile = {
  readonly result: FileResult;
  /** All rows of the file, one page at a time; can be read once. */
  pages(): AsyncGenerator<readonly ResultRow[]>;
  /**
   * Checks the same file once more and replaces this result. Throws as `check` does; the new result must be released
   * as well.
   */
  again(context: FileContext): Promise<CheckedFile>;
  /** Releases the thread for the next file; before that, no other file is read. */
  release(): void;
};

export type FileChecker = {
  /**
   * Reads and checks one file, or its stored content; files run one after the other until they are released. Bytes
   * with their own memory are transferred: the caller cannot read them anymore. Throws `ProblemError` when the file
   * cannot be used at all, and when it needs more memory or time than any list of users does.
   */
  check(file: FileToCheck | StoredTable, context: FileContext): Promise<CheckedFile>;
  /** Starts the thread for an expected file, so that the file does not wait for it. */
  warmUp(): void;
  /** Ends the thread. A file that is being read then counts as not read. */
  stop(): Promise<void>;
};

export type FileCheckerLimits = {
  readonly memoryMb: number;
  /** The time limit for reading and checking one file. */
  readonly timeMs: number;
  /** The time limit for one page of its rows. */
  readonly pageTimeMs: number;
  /** A thread that has been idle for this long is ended. */
  readonly idleMs: number;
  /** A thread that takes more than this is ended after its file, because V8 would keep that memory. */
  readonly keptMemoryMb: number;
};

/** 10,000 users with 16 columns each need less than half of this memory, and a second. */
const standardLimits: FileCheckerLimits = {
  memoryMb: 128,
  timeMs: 30_000,
  pageTimeMs: 10_000,
  idleMs: 30_000,
  keptMemoryMb: 64,
};

export function createFileChecker(limits: FileCheckerLimits = standardLimits): FileChecker {
  let thread: ReaderThread | undefined;
  let idle: NodeJS.Timeout | undefined;
  /** Resolves when nobody uses the thread anymore. */
  let turn: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const endThread = async () => {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.end();
  };

  const endWhenIdle = () => {
    clearTimeout(idle);
    idle = setTimeout(() => void endThread(), limits.idleMs);
    idle.unref();
  };

  const rest = async () => {
    if (!thread || thread.isOver()) return endThread();
    if ((await thread.memoryMb()) > limits.keptMemoryMb) {
      await endThread();
      // The memory of the ended thread, and of data copied from it, stays with this process until it is given back.
      giveBackMemory();
      return;
    }
    endWhenIdle();
  };

  const run = async (
    file: FileToCheck | StoredTable,
    context: FileContext,
    release: () => void,
  ): Promise<CheckedFile> => {
    if (stopped) throw new Error('the bot stops');
    clearTimeout(idle);
    thread ??= startThread(limits);
    const current = thread;
    if (sizeOf(file) > largeBytes) giveBackMemory();
    const checked = (result: FileResult): CheckedFile => ({
      result,
      pages: () => pagesOf(current),
      again: async (next) => checked(await current.checkAgain(next)),
      release,
    });
    return checked(await current.check(file, context));
  };

  return {
    check: async (file, context) => {
      const before = turn;
      const { promise: released, resolve } = Promise.withResolvers<void>();
      turn = released;
      const release = () => {
        rest().finally(resolve);
      };
      await before;
      try {
        return await run(file, context, release);
      } catch (error) {
        release();
        throw error;
      }
    },
    warmUp: () => {
      if (stopped || thread) return;
      thread = startThread(limits);
      endWhenIdle();
    },
    stop: async () => {
      stopped = true;
      await endThread();
    },
  };
}

/** Ten thousand users take two megabytes; a larger file can make the thread use its whole memory. */
const largeBytes = 4 * 1024 * 1024;

function sizeOf(file: FileToCheck | StoredTable): number {
  return 'table' in file ? 0 : file.bytes.byteLength;
}

/** The thread prepares the next page while this one is stored. */
async function* pagesOf(thread: ReaderThread): AsyncGenerator<readonly ResultRow[]> {
  let next = thread.nextPage();
  try {
    for (;;) {
      const page = await next;
      if (page.length === 0) return;
      next = thread.nextPage();
      yield page;
    }
  } finally {
    // The thread handles one message at a time, so the next one must wait for this answer.
    await next.catch(() => undefined);
  }
}

type ReaderThread = {
  check(file: FileToCheck | StoredTable, context: FileContext): Promise<FileResult>;
  checkAgain(context: FileContext): Promise<FileResult>;
  nextPage(): Promise<readonly ResultRow[]>;
  /** The memory of its heap and buffers, in megabytes; 0 when it has ended. */
  memoryMb(): Promise<number>;
  /** Whether it has ended, or must not be used again. */
  isOver(): boolean;
  end(): Promise<unknown>;
};

/** The thread needs no secret of the bot; with the compile cache it starts in half of the time. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
}

function startThread(limits: FileCheckerLimits): ReaderThread {
  const worker = new Worker(new URL('./worker-thread.ts', import.meta.url), {
    env: threadEnvironment(),
    name: 'file reader',
    // The flag `--max-semi-space-size` of `npm start` counts more than the limit of the young generation here.
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 8 },
  });
  let over = false;
  let waiting: PromiseWithResolvers<FromReader> | undefined;

  const fail = (error: Error) => {
    over = true;
    waiting?.reject(error);
  };
  worker.on('message', (answer: FromReader) => waiting?.resolve(answer));
  worker.on('error', (error) => fail(isOutOfMemory(error) ? needsMemory() : error));
  worker.on('exit', () => fail(new Error('the thread that reads files has ended')));
  worker.unref();

  /** A thread that has not answered in time is ended, because nothing else can stop its work. */
  const ask = async (
    message: ToReader,
    timeMs: number,
    given: readonly ArrayBuffer[] = [],
  ): Promise<FromReader> => {
    if (over) throw new Error('the thread that reads files has ended');
    const answer = Promise.withResolvers<FromReader>();
    waiting = answer;
    // A pending answer keeps the process alive; an idle thread does not.
    worker.ref();
    const late = setTimeout(() => {
      fail(new ProblemError(problem('file.takes-long')));
      void worker.terminate();
    }, timeMs);
    try {
      worker.postMessage(message, given);
      return await answer.promise;
    } finally {
      clearTimeout(late);
      waiting = undefined;
      worker.unref();
    }
  };

  return {
    check: async (file, context) =>
      resultOf(await ask({ kind: 'check', file, context }, limits.timeMs, ownMemory(file))),
    checkAgain: async (context) =>
      resultOf(await ask({ kind: 'check-again', context }, limits.timeMs)),
    nextPage: async () => {
      const answer = await ask({ kind: 'next-page' }, limits.pageTimeMs);
      if (answer.kind === 'page') return answer.rows;
      throw new Error(`rows of a file could not be had: ${reasonOf(answer)}`);
    },
    memoryMb: async () => {
      try {
        const { total_heap_size: heap, external_memory: buffers } =
          await worker.getHeapStatistics();
        return (heap + buffers) / 2 ** 20;
      } catch {
        return 0;
      }
    },
    isOver: () => over,
    end: () => {
      fail(new Error('the thread that reads files was ended'));
      return worker.terminate();
    },
  };
}

/** Bytes that can be transferred to another thread without a copy, because nothing else uses their memory. */
function ownMemory(file: FileToCheck | StoredTable): readonly ArrayBuffer[] {
  if ('table' in file) return [];
  const { buffer, byteLength } = file.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function resultOf(answer: FromReader): FileResult {
  if (answer.kind === 'checked') return answer.result;
  if (answer.kind !== 'refused') {
    throw new Error(`a file could not be read: ${reasonOf(answer)}`);
  }
  const { problem: why, headers, question } = answer;
  if (question) throw new FileQuestionError(question);
  throw headers ? new ColumnsMissingError(why, headers) : new ProblemError(why);
}

function reasonOf(answer: FromReader): string {
  return answer.kind === 'failed' ? answer.reason : `it answered ${answer.kind}`;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function needsMemory(): ProblemError {
  return new ProblemError(problem('file.needs-memory'));
}
