/**
 * A real browser for tests, out of npm: @sparticuz/chromium brings the binary, playwright-core drives
 * it. Works as root and as anybody else, and asks nothing of the network.
 */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

/** Everything that would reach out of the machine, or need rights that a container does not give. */
const switches = [
  '--no-sandbox',
  '--no-zygote',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--metrics-recording-only',
  '--font-render-hinting=none',
];

/**
 * Starts a headless browser. The caller closes it; a test does so in `after`, or the run hangs.
 * The first call on a machine unpacks the binary (about two seconds).
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await browserBinary(), headless: true, args: switches });
}

/**
 * The unpacked binary, kept for the next run in a folder of this person and this version. Unpacked
 * beside and renamed into place: test files run at the same time, and one must never start a
 * binary that another is still writing (the package's own helper does not guard against that).
 */
async function browserBinary(): Promise<string> {
  const packed = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const archive = join(dirname(packed), '..', 'bin', 'chromium.br');
  const { size, mtimeMs } = statSync(archive);
  const folder = join(tmpdir(), `connect-add-user-browser-${process.getuid?.() ?? 'user'}`);
  const binary = join(folder, `chromium-${size}-${Math.round(mtimeMs)}`);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = `${binary}.${process.pid}`;
  try {
    await writeFile(beside, await promisify(brotliDecompress)(await readFile(archive)));
    chmodSync(beside, 0o700);
    renameSync(beside, binary);
  } finally {
    rmSync(beside, { force: true });
  }
  return binary;
}
