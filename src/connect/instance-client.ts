/** One configured Amazon Connect instance with everything that reads from it and writes to it. */
import type { InstanceConfig } from '../config/config.ts';
import type { Directory } from './directory.ts';
import type { ConnectGateway } from './gateway.ts';
import type { Permissions } from './permissions.ts';

/** One configured instance with everything that speaks to it. */
export type InstanceClient = {
  readonly config: InstanceConfig;
  readonly gateway: ConnectGateway;
  readonly directory: Directory;
  readonly permissions: Permissions;
};
