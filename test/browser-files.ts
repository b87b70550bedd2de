/**
 * The browser of @sparticuz/chromium, unpacked and kept for the next run. The package's own helper is made for one
 * process on one machine. Test files run in parallel here, and none may start a binary that another process is still
 * writing.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

export type BrowserFiles = {
  binary: string;
  /** A folder with NSS and expat, for a machine without them. */
  libraries: string;
  /** A fontconfig file: the packed font first, then the fonts of the machine. */
  fontsConfig: string;
};

/** Unpacks once for each version and account, into a neighboring folder that is then renamed. */
export async function unpackedBrowser(): Promise<BrowserFiles> {
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  const { size, mtimeMs } = await stat(join(packed, 'chromium.br'));
  const version = `${size}-${Math.round(mtimeMs)}`;
  // A folder that belongs to this account, so that no other account can place a binary in it.
  const folder = join(tmpdir(), `connect-add-user-browser-${process.getuid?.() ?? 'user'}`);
  const place = join(folder, version);
  if (!existsSync(place)) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const beside = await mkdtemp(join(folder, 'unpacking-'));
    try {
      await unpack(packed, beside, place);
      await rename(beside, place);
    } catch (error) {
      // Another test file was faster; its copy is identical.
      if (!existsSync(place)) throw error;
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  }
  return {
    binary: join(place, 'chromium'),
    libraries: join(place, 'lib'),
    fontsConfig: join(place, 'fonts.conf'),
  };
}

async function unpack(packed: string, target: string, place: string): Promise<void> {
  const inflate = async (name: string) =>
    promisify(brotliDecompress)(await readFile(join(packed, name)));
  await writeFile(join(target, 'chromium'), await inflate('chromium.br'), { mode: 0o700 });
  await untar(await inflate('al2023.tar.br'), target);
  await untar(await inflate('fonts.tar.br'), target);
  await writeFile(
    join(target, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${place}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${place}/cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`,
  );
}

/** Writes the files of a plain ustar archive: 512-byte headers with name, size (octal) and type. */
async function untar(archive: Buffer, target: string): Promise<void> {
  const text = (from: number, length: number) =>
    archive.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  let at = 0;
  while (at + 512 <= archive.length && archive[at] !== 0) {
    const path = join(target, text(at, 100));
    const size = Number.parseInt(text(at + 124, 12), 8);
    const type = text(at + 156, 1);
    at += 512;
    if (type === '0' || type === '') {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, archive.subarray(at, at + size), { mode: 0o755 });
    }
    at += Math.ceil(size / 512) * 512;
  }
}
