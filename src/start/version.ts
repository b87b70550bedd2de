/** Determines the version of this installation. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';

export type Version = {
  readonly version: string;
  /** The commit, short; `unknown` where there is neither COMMIT nor a git folder. */
  readonly commit: string;
  /** Distinguishes replicas in logs: the host, or the pod or container, and the process. */
  readonly replica: string;
};

const root = new URL('../../', import.meta.url);

export function readVersion(env: Readonly<Record<string, string | undefined>>): Version {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    version: string;
  };
  return {
    version,
    commit: env.COMMIT?.trim().slice(0, 12) || commitOf(fileURLToPath(root)) || 'unknown',
    replica: `${hostname()}-${process.pid}`,
  };
}

/** Read from the files in .git, because an installation may have no git command. */
function commitOf(folder: string): string | undefined {
  try {
    const head = readFileSync(`${folder}.git/HEAD`, 'utf8').trim();
    if (!head.startsWith('ref: ')) return head.slice(0, 12);
    const ref = head.slice(5);
    try {
      return readFileSync(`${folder}.git/${ref}`, 'utf8').trim().slice(0, 12);
    } catch {
      const packed = readFileSync(`${folder}.git/packed-refs`, 'utf8');
      return packed
        .split('\n')
        .find((line) => line.endsWith(` ${ref}`))
        ?.slice(0, 12);
    }
  } catch {
    return undefined;
  }
}
