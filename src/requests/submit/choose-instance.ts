/** Which instance a file is for: named beside it, or the one whose requests channel it was posted in. */
import type { InstanceConfig } from '../../config/config.ts';

/**
 * A word of the message that is an alias decides. Otherwise the first instance, in the configuration's
 * order, whose requests channel this is; outside of any, the first instance.
 */
export function chooseInstance(
  instances: readonly InstanceConfig[],
  message: { readonly text: string; readonly channel: string },
): InstanceConfig | undefined {
  const words = new Set(message.text.toLowerCase().split(/[^\p{L}\p{N}._-]+/u));
  const named = instances.find((instance) => words.has(instance.alias.toLowerCase()));
  const here = instances.find((instance) => instance.requestsChannel === message.channel);
  return named ?? here ?? instances[0];
}
