/** A gateway that reads each thing once, however many of doctor's checks depend on it. */
import type { ConnectGateway } from '../connect/gateway.ts';
import { once, onceEach } from './check/once.ts';

/** Every method except `createUser` and those about one user repeats its first answer, including errors. */
export function sharedReads(gateway: ConnectGateway): ConnectGateway {
  return {
    ...gateway,
    instance: once(gateway.instance),
    routingProfiles: once(gateway.routingProfiles),
    securityProfiles: once(gateway.securityProfiles),
    hierarchyGroups: once(gateway.hierarchyGroups),
    users: once(gateway.users),
    predefinedAttributes: once(gateway.predefinedAttributes),
    securityProfile: onceEach(gateway.securityProfile),
    permissionsOf: onceEach(gateway.permissionsOf),
  };
}
