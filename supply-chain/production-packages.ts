/** The packages that a production installation has, read out of the lock file, and which dependency brings each. */
import { readFileSync } from 'node:fs';

export type ProductionPackage = {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; undefined where the package names none. */
  readonly license: string | undefined;
  /** Our own dependencies that need it, directly or through others. */
  readonly broughtBy: readonly string[];
  readonly hasInstallScript: boolean;
  /** Installed on some platforms only. */
  readonly isOptional: boolean;
};

type LockEntry = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
};
type Lock = { readonly packages: Readonly<Record<string, LockEntry>> };

/** Of AWS: the SDK and the packages that it consists of. */
export const isOfAws = (name: string): boolean =>
  /^@(?:aws-sdk|aws-crypto|aws|smithy)\//.test(name);

/**
 * Sorted by name.
 *
 * @param file the lock file (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json, version 3)
 */
export function productionPackages(file = 'package-lock.json'): ProductionPackage[] {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const direct = Object.keys(packages['']?.dependencies ?? {});
  const broughtBy = new Map<string, string[]>();
  for (const name of direct) {
    for (const path of closureOf(packages, `node_modules/${name}`)) {
      broughtBy.set(path, [...(broughtBy.get(path) ?? []), name]);
    }
  }
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .filter(([path]) => path.startsWith('node_modules/'))
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      license: entry.license,
      broughtBy: broughtBy.get(path) ?? [],
      hasInstallScript: entry.hasInstallScript === true,
      isOptional: entry.optional === true,
    }))
    .filter(({ broughtBy: names }) => names.length > 0)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** The paths of a package and of everything that it needs. */
function closureOf(packages: Lock['packages'], start: string): Set<string> {
  const found = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const entry = packages[path];
    if (found.has(path) || !entry) continue;
    found.add(path);
    const needed = {
      ...entry.dependencies,
      ...entry.optionalDependencies,
      ...entry.peerDependencies,
    };
    for (const name of Object.keys(needed)) {
      const resolved = resolve(packages, path, name);
      if (resolved !== undefined) open.push(resolved);
    }
  }
  return found;
}

/** Where Node finds a package that another one needs: in its own folder, or in a folder above. */
function resolve(packages: Lock['packages'], from: string, name: string): string | undefined {
  for (let folder = from; ; ) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1));
  }
}
