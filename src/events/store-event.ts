/** The content that an event submits is stored before Slack gets the acknowledgement (H5). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import type { Services } from '../services.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { parseStepRun, type StepRun } from '../workflow/step-event.ts';
import { submitStep, whyNoRequest } from '../workflow/submit-step.ts';
import { asNewMessage } from './edited-message.ts';
import { isForBot, parseFileMessage, submitFilesOfMessage } from './file-message.ts';
import { storeMessageOfThread } from './thread-messages.ts';

const messageEvent = z.object({
  type: z.literal('event_callback'),
  event: z.looseObject({
    type: z.literal('message'),
    channel: z.string(),
    channel_type: z.string().default('channel'),
  }),
});

/**
 * Stores the files of a message, and messages in a card's thread; other events contain nothing that could be lost.
 * False when it could not be stored: the person gets a message, and Slack delivers the event again (immediately,
 * after 1 minute, after 5 minutes).
 *
 * @param delivery.retryNum 1 or more for a repeated delivery
 */
export async function storeEvent(
  services: Services,
  delivery: { readonly body: unknown; readonly retryNum?: number | undefined },
): Promise<boolean> {
  const step = stepOf(delivery.body);
  if (step) return storeStep(services, step);
  const parsed = messageEvent.safeParse(delivery.body);
  if (!parsed.success) return true;
  const { event } = parsed.data;
  try {
    await storeMessageOfThread(services, event);
  } catch (error) {
    services.log.warn({ err: error }, 'a message in a card’s thread could not be stored');
    return false;
  }
  const message = parseFileMessage(asNewMessage(event, services.now()));
  if (!message || !isForBot(services, message, event.channel_type)) return true;
  try {
    await submitFilesOfMessage(services, message, event.channel, {
      personId: message.user,
      isSender: true,
    });
    return true;
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    const isAway = isDatabaseUnavailable(error);
    services.log.warn({ err: error, reference }, 'a message with a file could not be stored');
    if ((delivery.retryNum ?? 0) === 0) {
      const why = isAway ? problem('file.not-saved') : problem('unexpected', { reference });
      // Not awaited: the sooner Slack gets a failure, the sooner it delivers again.
      void services.sendEphemeral({ channel: event.channel, person: message.user }, why);
    }
    return false;
  }
}

function stepOf(body: unknown): StepRun | null {
  const event = z.object({ event: z.unknown() }).safeParse(body).data?.event;
  return parseStepRun(event);
}

/** A run without a request contains nothing that could be lost, so its step is ended after the acknowledgement. */
async function storeStep(services: Services, run: StepRun): Promise<boolean> {
  if (whyNoRequest(services, run)) return true;
  try {
    await submitStep(services, run);
    return true;
  } catch (error) {
    services.log.warn({ err: error }, 'a workflow’s step could not be stored');
    return false;
  }
}
