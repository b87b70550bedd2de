/**
 * The rules of docs/architecture.md: which folder may import which, and which folder may use which package or
 * service.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

type Import = { readonly from: string; readonly typeOnly: boolean; readonly what: string };
type Source = { readonly file: string; readonly text: string; readonly imports: readonly Import[] };

const statement =
  /^(?:import|export)\s+(?<type>type\s+)?(?:(?<what>(?:[\w$*\s,]|\{[^}]*\})+?)\s+from\s+)?'(?<from>[^'\n]+)';/gm;
const dynamic = /\bimport\(\s*'(?<from>[^']+)'\s*\)/g;

function read(pattern: string): Source[] {
  return globSync(pattern)
    .sort()
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const fixed = [...text.matchAll(statement)].map(({ groups = {} }) => ({
        from: resolved(file, groups.from ?? ''),
        what: groups.what ?? '',
        typeOnly: groups.type !== undefined,
      }));
      const late = [...text.matchAll(dynamic)].map(({ groups = {} }) => ({
        from: resolved(file, groups.from ?? ''),
        what: '',
        typeOnly: false,
      }));
      return { file, text, imports: [...fixed, ...late] };
    });
}

/** A file of the repository as its path from the root; a package by its name. */
function resolved(file: string, from: string): string {
  return from.startsWith('.') ? path.posix.join(path.posix.dirname(file), from) : from;
}

/** Tables of words and numbers, which would not be easier to read in two files. */
const dataFiles: readonly string[] = ['src/users/files/table/known-columns.ts'];

const src = read('src/**/*.ts');
const sandbox = read('sandbox/**/*.{ts,tsx}');

/** "src/a.ts imports b", for every import that breaks a rule. */
function breaches(
  sources: readonly Source[],
  broken: (imported: Import, source: Source) => boolean,
) {
  return sources.flatMap((source) =>
    source.imports
      .filter((imported) => broken(imported, source))
      .map((imported) => `${source.file} imports ${imported.from}`),
  );
}

/** The code without comments and strings, so that only executed code is searched. */
function bare(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

const within = (source: Source, ...instanceClients: string[]) =>
  instanceClients.some((instanceClient) => source.file.startsWith(instanceClient));

describe('the house', () => {
  test('the rules below look at real files and real imports', () => {
    assert.ok(src.length > 50 && sandbox.length > 50);
    const app = src.find((source) => source.file === 'src/bolt.ts');
    assert.ok(
      app?.imports.some((imported) => imported.from === '@slack/bolt' && !imported.typeOnly),
    );
    assert.ok(
      app?.imports.some(
        (imported) => imported.from === 'src/config/config.ts' && imported.typeOnly,
      ),
    );
  });

  test('no code changes V8 flags while the process runs, which Node warns against', () => {
    const all = [...src, ...sandbox, ...read('{bench,chaos}/**/*.ts')];
    const found = all.filter(({ text }) => /setFlagsFromString/.test(bare(text)));
    assert.deepEqual(
      found.map(({ file }) => file),
      [],
    );
  });

  test('src imports neither the sandbox nor the tests', () => {
    const found = breaches(src, ({ from }) => /^(sandbox|test|bench|chaos)\//.test(from));
    assert.deepEqual(found, []);
  });

  test('the sandbox imports nothing of src, except in the files that start the bot and the check of a file', () => {
    const found = breaches(
      sandbox,
      ({ from }, { file }) =>
        from.startsWith('src/') && !['sandbox/main.ts', 'sandbox/check-file.ts'].includes(file),
    );
    assert.deepEqual(found, []);
  });

  test('the bot imports no package that is there for development only', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const found = breaches(src, ({ from }) => {
      if (from.startsWith('src/') || from.startsWith('node:')) return false;
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/');
      return !Object.hasOwn(manifest.dependencies, name);
    });
    assert.deepEqual(found, []);
  });

  test('only src/connect speaks to AWS, and the audit trail to its bucket', () => {
    const found = breaches(
      src,
      ({ from }, source) =>
        /^(@aws-sdk|@smithy)\//.test(from) &&
        !within(source, 'src/connect/') &&
        !(source.file === 'src/audit/bucket.ts' && from === '@aws-sdk/client-s3'),
    );
    assert.deepEqual(found, []);
  });

  test('only src/slack makes a client of Slack; the rest gets it', () => {
    const found = breaches(
      src,
      ({ from, typeOnly, what }, source) =>
        from === '@slack/web-api' &&
        !typeOnly &&
        /(?<!type )\bWebClient\b/.test(what) &&
        !within(source, 'src/slack/'),
    );
    assert.deepEqual(found, []);
  });

  test('only the composition makes a Bolt app; listeners get it', () => {
    const found = breaches(
      src,
      ({ from, typeOnly }, { file }) =>
        from === '@slack/bolt' && !typeOnly && !['src/bolt.ts', 'src/receiver.ts'].includes(file),
    );
    assert.deepEqual(found, []);
  });

  test('SQL is in storage and in files named for a store, nowhere else', () => {
    const speaks =
      /\b(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\b|\bsql(?:<[^`]*>)?`/;
    const found = src
      .filter((source) => speaks.test(source.text) && !within(source, 'src/storage/'))
      .map((source) => source.file)
      .filter((file) => !/(^|[/-])store\.ts$/.test(file));
    assert.deepEqual(found, []);
  });

  test('the rules, the verdicts, the transitions and the messages are pure', () => {
    const pure = src.filter(
      (source) =>
        within(source, 'src/users/', 'src/messages/', 'src/text/', 'src/requests/model/') ||
        [
          'src/auth/holdings.ts',
          'src/auth/connect-identity.ts',
          'src/auth/risks.ts',
          'src/slack/slack-person.ts',
          'src/pacing/token-bucket.ts',
          'src/errors/problem.ts',
        ].includes(source.file),
    );
    assert.ok(pure.length > 20);
    const clocks = pure.filter((source) =>
      /\bnew Date\(\)|\bDate\.now\(|\bperformance\.now\(|\bprocess\.|\bsetTimeout\(|\bfetch\(/.test(
        bare(source.text),
      ),
    );
    assert.deepEqual(
      clocks.map((source) => source.file),
      [],
    );
    const outside = breaches(
      pure,
      ({ from, typeOnly }) =>
        !typeOnly &&
        /^(node:(?!buffer$|crypto$|util$|zlib$)|pg$|kysely$|@aws-sdk\/|@slack\/(?!types$)|src\/(storage|connect|slack|operations)\/)/.test(
          from,
        ),
    );
    assert.deepEqual(outside, []);
  });

  test('no two folders of src import each other, also not by types alone', () => {
    const folder = (file: string) => path.posix.dirname(file);
    const arrows = new Set(
      src.flatMap((source) =>
        source.imports
          .filter(({ from }) => from.startsWith('src/') && folder(from) !== folder(source.file))
          .map(({ from }) => `${folder(source.file)} ${folder(from)}`),
      ),
    );
    assert.ok(arrows.size > 50);
    // Files directly in src/ connect the folders and pass `services` to them.
    const bothWays = [...arrows].filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' ');
      return from < to && from !== 'src' && arrows.has(`${to} ${from}`);
    });
    assert.deepEqual(bothWays, []);
  });

  test('no folder of src has more than 14 files, and no file more than 300 lines but data', () => {
    const perFolder = Map.groupBy(src, ({ file }) => path.posix.dirname(file));
    // Migrations are never removed, and each is easy to find by its number.
    const crowded = [...perFolder].filter(
      ([folder, files]) => files.length > 14 && folder !== 'src/storage/migrations',
    );
    assert.deepEqual(
      crowded.map(([folder, files]) => `${folder}: ${files.length} files`),
      [],
    );
    const long = src
      .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > 300 && !dataFiles.includes(file));
    assert.deepEqual(
      long.map(({ file, lines }) => `${file}: ${lines} lines`),
      [],
    );
  });

  test('commands, events, modals and actions hold no transaction of their own', () => {
    const thin = src.filter((source) =>
      within(source, 'src/commands/', 'src/events/', 'src/modals/', 'src/actions/'),
    );
    const found = thin.filter((source) => /\.transaction\(\)/.test(source.text));
    assert.deepEqual(
      found.map((source) => source.file),
      [],
    );
  });

  test('src writes to its log, never to the console', () => {
    const found = src.filter((source) => /\bconsole\s*\./.test(bare(source.text)));
    assert.deepEqual(
      found.map((source) => source.file),
      [],
    );
  });

  test('src has no state at the level of a module', () => {
    const found = src.filter((source) => /^(?:export\s+)?(?:let|var)\s/m.test(bare(source.text)));
    assert.deepEqual(
      found.map((source) => source.file),
      [],
    );
  });

  test('there are no default exports and no files that only re-export', () => {
    const all = [...src, ...sandbox];
    const byDefault = all.filter((source) => /^export default\b/m.test(source.text));
    assert.deepEqual(
      byDefault.map((source) => source.file),
      [],
    );
    const passedOn = /^export (?:type )?(?:\*|\{[^}]*\}) from '[^']+';$/gm;
    const barrels = all.filter(
      ({ text }) =>
        text !== text.replace(passedOn, '') && bare(text.replace(passedOn, '')).trim() === '',
    );
    assert.deepEqual(
      barrels.map((source) => source.file),
      [],
    );
  });

  test('every file says what it is for', () => {
    // A migration is explained by its one exported function, and a main file begins with the code that it runs.
    const silent = src.filter(
      (source) => !source.text.startsWith('/**') && !/\/migrations\//.test(source.file),
    );
    assert.deepEqual(
      silent.map((source) => source.file),
      [],
    );
  });

  test('no source file contains a TODO mark', () => {
    const marks = new RegExp(
      `\\b(?:${['TO', 'FIX'].map((start, at) => start + ['DO', 'ME'][at]).join('|')}|XXX)\\b`,
    );
    const found = [...src, ...sandbox].filter((source) => marks.test(source.text));
    assert.deepEqual(
      found.map((source) => source.file),
      [],
    );
  });
});
