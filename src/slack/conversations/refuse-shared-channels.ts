/** Prevents the start of a bot whose policy forbids requests channels that another company sees. */
import type { InstanceConfig } from '../../config/config.ts';
import { ProblemError, problem } from '../../errors/problem.ts';
import type { IsSharedChannel } from './shared-channels.ts';

/** @throws ProblemError `channel.shared-refused` */
export async function refuseSharedChannels(
  instances: readonly InstanceConfig[],
  isSharedChannel: IsSharedChannel,
): Promise<void> {
  for (const { alias, requestsChannel: channel, sharedChannel } of instances) {
    if (sharedChannel !== 'refuse' || !(await isSharedChannel(channel))) continue;
    throw new ProblemError(problem('channel.shared-refused', { instance: alias, channel }));
  }
}
