/** The question to the sender of a file that can be read in several ways, with a button for each. */
import type { ActionsBlock } from '@slack/types';
import { z } from 'zod';
import type { FileQuestion } from '../../users/files/table/file-question.ts';
import { button } from '../card-actions.ts';
import { bold, clipped, type Inline, icons } from '../rich-text.ts';
import type { FileViewModel } from './file-view-model.ts';

/** The question to its sender, with the first names in each reading. */
export function questionLines(
  view: FileViewModel,
  { kind, options }: FileQuestion,
): { head: Inline[][]; body: Inline[][] } {
  const asked =
    kind === 'encoding'
      ? ' does not say in which encoding it was saved. Which names are right?'
      : ' has several sheets with users. Which one is meant?';
  return {
    head: [[icons.question, ' ', bold(view.file.name), asked]],
    body: options.map(({ label, preview }): Inline[] => [
      bold(clipped(label, longestOption)),
      ...(preview.length > 0 ? [`: ${clipped(preview.join(', '), longestPreview)}`] : []),
    ]),
  };
}

/** Slack accepts 75 characters on a button; more names than these are not needed to choose. */
const longestOption = 60;
const longestPreview = 150;

/** Slack accepts 25 elements in a block; more than a few choices are not useful. */
const mostOptions = 10;

export function questionButtons(
  view: FileViewModel,
  { kind, options }: FileQuestion,
): ActionsBlock {
  const elements = options
    .slice(0, mostOptions)
    .map(({ label, value }, index) =>
      button(
        `choose_reading_${index}`,
        clipped(label, longestOption),
        fileQuestionValue({ requestId: view.id, kind, value }),
        { about: `${view.number}, ${view.file.name}` },
      ),
    );
  return { type: 'actions', block_id: 'offer', elements };
}

/** Ids of the buttons, one for each option. */
export const fileQuestionActions: readonly string[] = Array.from(
  { length: mostOptions },
  (_, index) => `choose_reading_${index}`,
);

const reading = z.object({
  requestId: z.number().int().positive(),
  kind: z.enum(['encoding', 'sheet']),
  value: z.string().max(200),
});
export type FileQuestionValue = z.infer<typeof reading>;

function fileQuestionValue(value: FileQuestionValue): string {
  return JSON.stringify(value);
}

/** Null for a value that this bot never wrote. */
export function parseFileQuestionValue(text: string | undefined): FileQuestionValue | null {
  try {
    return reading.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
