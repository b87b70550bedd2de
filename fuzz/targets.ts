/** All targets that are fuzzed within this process. */
import type { Target } from './target.ts';
import { connectAnswers, slackAnswers } from './targets/answers.ts';
import { files } from './targets/files.ts';
import { forms } from './targets/forms.ts';
import { payloads } from './targets/payloads.ts';
import { environments, policyFiles } from './targets/settings.ts';

export async function inProcessTargets(): Promise<Target[]> {
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
