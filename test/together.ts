/**
 * Test files that share one process: each process would load the same modules anew, which takes two seconds for
 * a scenario, as long as many a test. Their tests run one after the other, and are counted and reported one by one all the same.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Group = {
  readonly name: string;
  readonly members: RegExp;
  /** In how many processes: as many as keep the longest of them short. */
  readonly processes: number;
};

/** Folders whose tests leave nothing behind in their process. */
const groups: readonly Group[] = [
  {
    name: 'rules',
    members: /^test\/(auth|config|files|messages|modals|users|chaos\/(plan|verdict))\b/,
    processes: 1,
  },
  { name: 'connect', members: /^test\/(connect|sandbox\/connect)\//, processes: 1 },
  { name: 'services', members: /^test\/(pacing|provisioning|requests|slack)\//, processes: 1 },
  { name: 'scenarios', members: /^test\/scenarios\//, processes: 8 },
  { name: 'attacks', members: /^test\/attacks\//, processes: 3 },
  { name: 'sandbox', members: /^test\/sandbox\/slack\//, processes: 1 },
  { name: 'page', members: /^test\/sandbox\/web\//, processes: 2 },
  {
    name: 'project',
    members:
      /^test\/([a-z]+\.test|deploy\/|operations\/(log|pretty|process-record|stopwatch)|start\/|supply-chain\/|tracing\/)/,
    processes: 1,
  },
  {
    name: 'storage',
    members: /^test\/storage\/(database|plans|queues|secrets|storable)/,
    processes: 1,
  },
  {
    name: 'others',
    members:
      /^test\/(audit|database-command|docs|events|evidence|health|policy|retention|setup|sign-in|text)\//,
    processes: 2,
  },
];

/**
 * What stays alone: hooks outside of every `describe` would count for all files of a process, and a test of the
 * process itself (signals, memory, variables of the environment) would meet the others.
 */
function isAlone(text: string): boolean {
  return (
    /^(before|after|beforeEach|afterEach)\(/m.test(text) ||
    /process\.(kill|once|on|emit|chdir|exit|memoryUsage)\b|mock\.timers|process\.env\[?[.A-Za-z_'\]]* =[^=]/.test(
      text,
    )
  );
}

export type Together = {
  /** What the runner is given: a file for each process, and the files that stay alone. */
  readonly files: readonly string[];
  remove(): Promise<void>;
};

export async function together(all: readonly string[]): Promise<Together> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-tests-'));
  const left = new Set(all);
  const files: string[] = [];
  for (const group of groups) {
    const members = await membersOf(group, all);
    for (const [index, part] of dealt(members, group.processes).entries()) {
      const file = join(folder, `${group.name}-${index + 1}.test.mjs`);
      const imports = part.map(
        (member) => `import ${JSON.stringify(pathToFileURL(resolve(member)))};\n`,
      );
      await writeFile(file, imports.join(''));
      files.push(file);
      for (const member of part) left.delete(member);
    }
  }
  return {
    files: [...files, ...left],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function membersOf({ members }: Group, all: readonly string[]): Promise<string[]> {
  const inside = all.filter((file) => members.test(file.replaceAll('\\', '/'))).toSorted();
  const texts = await Promise.all(inside.map((file) => readFile(file, 'utf8')));
  return inside.filter((_, index) => !isAlone(texts[index] ?? ''));
}

/** Distributes the files in turn, so that neighbors, which are often similar, run in different processes. */
function dealt(files: readonly string[], processes: number): string[][] {
  const parts = Array.from({ length: Math.min(processes, files.length) }, (): string[] => []);
  for (const [index, file] of files.entries()) parts[index % parts.length]?.push(file);
  return parts;
}
