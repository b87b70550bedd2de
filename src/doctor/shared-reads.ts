/** A gateway that reads each thing once, however many of doctor's lines rest on it. */
import type { ConnectGateway } from '../connect/gateway.ts';

/** Everything but `createUser` and what is asked about one user answers again what it answered first, errors too. */
export function sharedReads(gateway: ConnectGateway): ConnectGateway {
  const profiles = new Map<string, ReturnType<ConnectGateway['securityProfile']>>();
  return {
    ...gateway,
    instance: once(gateway.instance),
    routingProfiles: once(gateway.routingProfiles),
    securityProfiles: once(gateway.securityProfiles),
    hierarchyGroups: once(gateway.hierarchyGroups),
    users: once(gateway.users),
    predefinedAttributes: once(gateway.predefinedAttributes),
    securityProfile(id) {
      const known = profiles.get(id) ?? gateway.securityProfile(id);
      profiles.set(id, known);
      return known;
    },
  };
}

function once<Answer>(read: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
