/**
 * "Which names are right?": the sender of a file that can be read in several ways presses the button of the correct
 * reading.
 */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import {
  fileQuestionActions,
  parseFileQuestionValue,
} from '../messages/files/file-question-message.ts';
import { answerQuestion } from '../requests/repair/answer-question.ts';
import { withoutUploader } from '../requests/repair/correct-file.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { placeOfClick } from './record-click.ts';

export function registerFileQuestionButtons(listeners: Listeners, services: Services): void {
  listeners.action<BlockAction<ButtonAction>>(
    [...fileQuestionActions],
    async ({ ack, body, action }) => {
      const chosen = parseFileQuestionValue(action.value);
      if (!chosen) return ack();
      const place = placeOfClick(body);
      try {
        // Stored before it is acknowledged (H5). At a second click, the file has already been read.
        const personId = body.user.id;
        const why = await answerQuestion(services, { ...chosen, personId });
        await ack();
        if (!why) return;
        const told = await withoutUploader(services, chosen.requestId, personId, why);
        await services.sendEphemeral(place, told);
      } catch (error) {
        if (!isDatabaseUnavailable(error)) throw error;
        await services.sendEphemeral(place, problem('click.not-saved'));
      }
    },
  );
}
