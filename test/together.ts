/**
 * Test files that share one process: each would load the same modules anew to test them for a tenth of a
 * second. Their tests are counted and reported one by one all the same.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Rooms whose tests leave nothing behind. Hooks outside of every `describe` would count for all files of a
 * group: a file that has some for each test stays alone, and so does whatever tests the process itself.
 */
const groups: Readonly<Record<string, RegExp>> = {
  rules: /^test\/((auth|config|files|messages|modals|users)\/|chaos\/(plan|verdict))/,
  connect: /^test\/(connect|sandbox\/connect)\//,
  services: /^test\/(pacing|provisioning|requests|slack)\//,
};

export type Together = {
  /** What the runner is given: a file for each group, and the files that stay alone. */
  readonly files: readonly string[];
  remove(): Promise<void>;
};

export async function together(all: readonly string[]): Promise<Together> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-tests-'));
  const left = new Set(all);
  const files: string[] = [];
  for (const [name, instanceClient] of Object.entries(groups)) {
    const members = all.filter((file) => instanceClient.test(file.replaceAll('\\', '/')));
    if (members.length === 0) continue;
    const file = join(folder, `${name}.test.mjs`);
    const imports = members.map(
      (member) => `import ${JSON.stringify(pathToFileURL(resolve(member)))};\n`,
    );
    await writeFile(file, imports.join(''));
    files.push(file);
    for (const member of members) left.delete(member);
  }
  return {
    files: [...files, ...left],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
