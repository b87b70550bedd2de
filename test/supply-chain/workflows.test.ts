/** The workflows and Dependabot's file are valid, and do what docs/dependencies.md describes. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
};
type Job = {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly permissions?: Readonly<Record<string, string>>;
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};

const files = globSync('.github/workflows/*.yml');
const workflows = files.map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
  workflow: parse(readFileSync(file, 'utf8')) as Workflow,
}));
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} ${name}`, job })),
);
const scripts = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
).scripts;

describe('the workflows', () => {
  test('name every action by commit, with the version beside it: a tag can be moved', () => {
    const uses = workflows.flatMap(({ text }) =>
      [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map((found) => found[1] ?? ''),
    );
    assert.ok(uses.length >= 8);
    for (const line of uses) assert.match(line, /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    assert.equal(
      uses.length,
      jobs.flatMap(({ job }) => job.steps.filter((step) => step.uses)).length,
    );
  });

  test('may only read unless a job says more, keep no credentials, and end', () => {
    for (const { workflow } of workflows)
      assert.deepEqual(workflow.permissions, { contents: 'read' });
    for (const { name, job } of jobs) {
      assert.ok((job['timeout-minutes'] ?? 360) <= 30, name);
      const checkout = job.steps.find((step) => step.uses?.startsWith('actions/checkout@'));
      assert.equal(checkout?.with?.['persist-credentials'], false, name);
    }
    const writing = jobs.flatMap(({ name, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([, right]) => right === 'write')
        .map(([what]) => `${name}: ${what}`),
    );
    assert.deepEqual(writing, ['.github/workflows/codeql.yml analyze: security-events']);
  });

  test('run no text from outside: no expression is in a shell line', () => {
    const lines = jobs.flatMap(({ job }) => job.steps.flatMap((step) => step.run ?? []));
    assert.ok(lines.length > 5);
    assert.deepEqual(
      lines.filter((line) => line.includes('${{')),
      [],
    );
    for (const { workflow } of workflows) assert.ok(!('pull_request_target' in workflow.on));
  });

  test('run the tests on Node 24 and 26, build and try the image, and call scripts that exist', () => {
    const matrix = jobs.flatMap(({ job }) => job.strategy?.matrix.node ?? []);
    assert.deepEqual(matrix, [24, 26]);
    const lines = jobs.flatMap(({ job }) => job.steps.flatMap((step) => step.run ?? []));
    assert.ok(lines.some((line) => line.startsWith('docker build -f deploy/docker/Dockerfile')));
    assert.ok(lines.some((line) => line.endsWith('deploy/docker/try.sh')));
    for (const line of lines) {
      const [, script] = /npm run (?:-s )?([\w:-]+)/.exec(line) ?? [];
      if (script) assert.ok(scripts[script], script);
      const [, file] = /(?:^| )((?:deploy|\.ci)\/\S+)/.exec(line) ?? [];
      if (file) assert.ok(existsSync(file), file);
    }
  });
});

describe('Dependabot', () => {
  test('looks at packages, actions and the image, each where its files are', () => {
    const { version, updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
      version: number;
      updates: {
        'package-ecosystem': string;
        directory: string;
        schedule: { interval: string };
        ignore?: { 'dependency-name': string }[];
      }[];
    };
    assert.equal(version, 2);
    const found = updates.map((update) => [update['package-ecosystem'], update.directory]);
    assert.deepEqual(found, [
      ['npm', '/'],
      ['github-actions', '/'],
      ['docker', '/deploy/docker'],
    ]);
    assert.ok(existsSync('package-lock.json') && existsSync('deploy/docker/Dockerfile'));
    for (const { schedule } of updates) assert.equal(schedule.interval, 'weekly');
  });

  test('leaves alone exactly what is pinned exactly', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const file = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
      updates: { ignore?: { 'dependency-name': string }[] }[];
    };
    const ignored = file.updates.flatMap(({ ignore = [] }) =>
      ignore.map((entry) => entry['dependency-name']),
    );
    assert.ok(ignored.length > 0);
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const name of ignored) assert.match(all[name] ?? '', /^\d/, name);
  });
});
