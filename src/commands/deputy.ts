/**
 * `/connect-add-user deputy bea@example.com until Friday`: names a person who acts for an approver for a limited
 * time.
 */
import { type DeputyAnswer, longestDeputyDays, nameDeputy } from '../approvals/name-deputy.ts';
import { explain, problem } from '../errors/problem.ts';
import { type Inline, moment } from '../messages/rich-text.ts';
import type { Services } from '../services.ts';
import { untilTime } from '../text/until-time.ts';

/**
 * Names a deputy, or ends the deputy's time (`deputy none`). Returns the message to the person.
 *
 * @param text the text after `deputy`, as Slack sends it; people are mentioned by id or by name
 */
export async function deputyCommand(
  services: Services,
  personId: string,
  text: string,
): Promise<Inline[]> {
  return answerOf(await answerTo(services, personId, text));
}

/** The end is shown to everybody in their own time zone. */
function answerOf(answer: DeputyAnswer): Inline[] {
  if (typeof answer === 'string') return [answer];
  return [
    `${answer.name} is your deputy until `,
    moment(answer.until),
    '. They approve in your place, within their own permissions.',
  ];
}

const usage = problem('deputy.usage', { days: String(longestDeputyDays) });

async function answerTo(services: Services, personId: string, text: string): Promise<DeputyAnswer> {
  const [who = '', ...rest] = text.trim().split(/\s+/);
  if (who === '') return explain(usage);
  if (who.toLowerCase() === 'none') return nameDeputy(services, personId, null);
  const [, mentioned] = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(who) ?? [];
  const id = mentioned ?? /^([UW][A-Z0-9]{2,})$/.exec(who)?.[1];
  // Slack sends a name as it was typed; only an email address can be looked up.
  const named = id !== undefined ? { id } : who.includes('@', 1) ? { address: who } : null;
  const until = untilTime(rest.join(' '), services.now(), longestDeputyDays);
  if (!named) return explain(problem('deputy.unknown', { who }));
  if (!until) return explain(usage);
  return nameDeputy(services, personId, { who: named, until });
}
