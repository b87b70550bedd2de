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
  /** What the runner is given: a file for each process. */
  readonly files: readonly string[];
  remove(): Promise<void>;
};

/** The processes of a run: each imports one or more of the test files. */
type Part = { readonly name: string; readonly members: readonly string[] };

export async function together(all: readonly string[]): Promise<Together> {
  const parts: Part[] = [];
  const left = new Set(all);
  for (const group of groups) {
    const members = await membersOf(group, all);
    for (const [index, part] of dealt(members, group.processes).entries()) {
      parts.push({ name: `${group.name}-${index + 1}`, members: part });
      for (const member of part) left.delete(member);
    }
  }
  for (const file of left) {
    parts.push({ name: file.replace(/^test.|\.test\.ts$/g, ''), members: [file] });
  }
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-tests-'));
  const files: string[] = [];
  for (const [index, { name, members }] of longestFirst(parts).entries()) {
    // Node's runner sorts the files by name, so the name begins with the place in the order.
    const place = String(index + 1).padStart(3, '0');
    const file = join(folder, `${place}-${name.replace(/\W/g, '-')}.test.mjs`);
    const imports = members.map(
      (member) => `import ${JSON.stringify(pathToFileURL(resolve(member)))};\n`,
    );
    await writeFile(file, imports.join(''));
    files.push(file);
  }
  return { files, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Parts that take longest start first, so that no long part starts when the others have ended. Parts that mostly wait,
 * for example for a delay between two attempts, run beside those that need the processor.
 */
function longestFirst(parts: readonly Part[]): Part[] {
  const long = [
    /^scenarios-/,
    /^(services|rules|others)-/,
    /^(attacks|storage|project|page)-/,
    /./,
  ];
  const waiting =
    /^(chaos.chaos|storage.(jobs|failing-jobs|embedded|jobs-takeover)|pooler|bench|fuzz|requests-command|sandbox.connect.(command-line|contract))\b/;
  const rank = ({ name }: Part) => long.findIndex((pattern) => pattern.test(name));
  const sorted = parts.toSorted(
    (left, right) => rank(left) - rank(right) || (left.name < right.name ? -1 : 1),
  );
  const waits = sorted.filter(({ name }) => waiting.test(name));
  const works = sorted.filter(({ name }) => !waiting.test(name));
  return works.flatMap((part, index) => [
    part,
    ...waits.slice(index, index === works.length - 1 ? undefined : index + 1),
  ]);
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
