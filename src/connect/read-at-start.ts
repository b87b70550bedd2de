/** Reads an instance for the first time when the bot starts, and logs the problems. */

import { saysUnknownHost } from '../operations/error-facts.ts';
import type { Log } from '../operations/log.ts';
import { brokenPresets } from '../users/presets/broken-presets.ts';
import type { InstanceClient } from './instance-client.ts';

/** Reads the directory, and warns of presets whose names do not exist anymore. Never throws. */
export async function readAtStart(
  { config, directory }: Pick<InstanceClient, 'config' | 'directory'>,
  log: Pick<Log, 'warn'>,
): Promise<void> {
  const { alias: instance, presets } = config;
  try {
    const snapshot = await directory.get();
    for (const broken of brokenPresets(presets, snapshot)) {
      log.warn({ instance, ...broken }, 'a preset names what this instance does not have');
    }
  } catch (error) {
    const about = { err: error, instance, ...hintOf(error, config) };
    log.warn(about, 'could not read what this instance offers');
  }
}

/** A Region that does not exist appears as a host name that cannot be resolved. */
function hintOf(error: unknown, { region }: InstanceClient['config']): { readonly hint?: string } {
  if (!(error instanceof Error) || !saysUnknownHost(error.message)) return {};
  return { hint: `look at region (${region}) or arn of this instance, and at DNS` };
}
