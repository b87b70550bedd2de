/** The sender of a file that can be read in several ways chooses the right one, and the file is read in that way. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { FileQuestionKind } from '../../users/files/table/file-question.ts';
import { mapped } from '../model/repair-transitions.ts';
import { readRequestFile } from '../store/files-store.ts';
import { step } from '../store/step.ts';
import { setChoices } from './mapping-store.ts';

export type Answer = {
  readonly requestId: number;
  readonly personId: string;
  readonly kind: FileQuestionKind;
  /** One of the question's options. */
  readonly value: string;
};

/** Returns why the answer is not accepted, for example from another person or a second time; or null. */
export async function answerQuestion(services: Services, answer: Answer): Promise<Problem | null> {
  const { requestId, personId, kind, value } = answer;
  const intake = { ...services, db: services.intake };
  const result = await step(intake, requestId, async (head, tx) => {
    const by = { id: personId, name: head.requesterName };
    const transition = mapped(head, by, services.now());
    if (!transition.ok) return transition;
    const file = await readRequestFile(tx, requestId);
    const isOpen =
      file?.question?.kind === kind &&
      file.question.options.some((option) => option.value === value);
    if (!file || !isOpen) return { ok: false, problem: problem('file.question-over') };
    await setChoices(tx, requestId, { ...file.choices, [kind]: value });
    return transition;
  });
  return result.ok ? null : result.problem;
}
