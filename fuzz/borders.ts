/** Every border that is tried in process. */
import type { Border } from './border.ts';
import { connectAnswers, slackAnswers } from './borders/answers.ts';
import { files } from './borders/files.ts';
import { forms } from './borders/forms.ts';
import { payloads } from './borders/payloads.ts';
import { environments, policyFiles } from './borders/settings.ts';

export async function inProcessBorders(): Promise<Border[]> {
  return [
    payloads,
    forms,
    files,
    environments,
    policyFiles,
    await connectAnswers(),
    await slackAnswers(),
  ];
}
