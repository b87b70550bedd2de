/** Searches logs for secrets: thousands of passwords in megabytes of text, in one pass. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Finding } from './evidence.ts';

/** The secrets that no log may contain, by a name that may be printed. */
export type Secrets = ReadonlyMap<string, string>;

/** The number of first characters by which a possible match is found. No secret may be shorter. */
const beginning = 8;

/** Names of the secrets that the text contains, with the line of their first occurrence. */
export function secretsIn(text: string, secrets: Secrets): Map<string, string> {
  const beginnings = Map.groupBy(secrets, ([, secret]) => secret.slice(0, beginning));
  const found = new Map<string, string>();
  for (let at = 0; at + beginning <= text.length; at++) {
    for (const [name, secret] of beginnings.get(text.slice(at, at + beginning)) ?? []) {
      if (!found.has(name) && text.startsWith(secret, at)) found.set(name, lineAt(text, at));
    }
  }
  return found;
}

export async function findSecrets(files: readonly string[], secrets: Secrets): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const [name, line] of secretsIn(text, secrets)) {
      // The line itself is left out because it contains the secret.
      const clean = line.replaceAll(secrets.get(name) ?? '', '[the secret]').slice(0, 300);
      found.push({ kind: 'secret', where: basename(file), detail: `${name}: ${clean}` });
    }
  }
  return found;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end);
}
