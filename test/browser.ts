/**
 * A real browser for tests, from npm packages: @sparticuz/chromium contains the binary, and playwright-core drives
 * it. Works as root and as any other account, needs no library or font of the machine, and does not use the network.
 */
import { type Browser, chromium } from 'playwright-core';
import { unpackedBrowser } from './browser-files.ts';

/** Switches off features that would use the network or need rights that a container does not give. */
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
 * Starts a headless browser. The caller must close it, in a test with `after`; otherwise the run hangs. The first
 * call on a machine unpacks the browser (about two seconds).
 */
export async function launchBrowser(): Promise<Browser> {
  const { binary, libraries, fontsConfig } = await unpackedBrowser();
  const launch = (more: Record<string, string>) =>
    chromium.launch({
      executablePath: binary,
      headless: true,
      args: switches,
      env: { ...environment(), FONTCONFIG_FILE: fontsConfig, ...more },
    });
  try {
    return await launch({});
  } catch (error) {
    // A minimal machine has no NSS. A machine's own NSS can be incompatible with the packed one, so it comes first.
    if (!String(error).includes('error while loading shared libraries')) throw error;
    return launch({ LD_LIBRARY_PATH: libraries });
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
