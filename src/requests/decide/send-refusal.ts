/**
 * Why a choice was not executed, visible only to the person who made it; with a link when they only have to sign in.
 */
import type { Problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { askForSignIn } from '../../sign-in/ask-sign-in.ts';
import type { Place } from '../../slack/ephemeral.ts';
import type { JobData } from '../../storage/queues.ts';

export async function sendRefusal(
  services: Services,
  choice: JobData<'decide'>,
  refusal: Problem,
): Promise<void> {
  const { requestId, personId, channel, threadTs, what } = choice;
  const place: Place = { channel, person: personId, threadTs };
  services.log.info(
    { request: requestId, person: personId, kind: what.kind, code: refusal.code },
    'a choice was refused',
  );
  if (refusal.code !== 'sign-in.needed') return services.sendEphemeral(place, refusal);
  const asked = await askForSignIn(services, choice, refusal);
  await services.sendEphemeral(place, asked.problem, asked.link);
}
