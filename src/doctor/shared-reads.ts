/** A gateway that reads each thing once, however many of doctor's lines rest on it. */
import type { ConnectGateway } from '../connect/gateway.ts';
import { once, onceEach } from './check/once.ts';

/** Everything but `createUser` and what is asked about one user answers again what it answered first, errors too. */
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
