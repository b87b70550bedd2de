/** Formats an event of the audit trail as one line for people. Pure. */
import { forTerminal } from '../text/terminal.ts';
import type { ChainedEvent } from './audit-store.ts';

/** `2026-01-31T12:00:00.000Z  approved  by U0ARI  ground.kind=holds-users-create …  #12 3fa9…` */
export function timelineLine(event: ChainedEvent): string {
  const facts = flat(JSON.parse(event.details));
  const first = `${event.at}  ${event.kind}  by ${forTerminal(event.actor)}  (event ${event.seq}, ${event.hash.slice(0, 12)})\n`;
  return (
    first +
    facts.map(([name, value]) => `    ${forTerminal(name)}: ${forTerminal(value)}\n`).join('')
  );
}

function flat(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [[name, value.join(', ')]];
  }
  return Object.entries(value).flatMap(([member, inner]) =>
    flat(inner, name === '' ? member : `${name}.${member}`),
  );
}
