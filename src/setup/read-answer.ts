/** The source of an answer: a flag, an existing value, or the person. */
import { type FlagName, questions, type SetupFlags } from './questions.ts';

/** An error with which the setup cannot continue; its message is for the person. */
export class SetupError extends Error {}

export type Asker = {
  readonly ask: (question: string) => Promise<string>;
  /** Does not show the typed text. */
  readonly askSecret: (question: string) => Promise<string>;
};

export type Answers = {
  /** A flag, otherwise the known value, otherwise the person's answer, otherwise `otherwise`. */
  readonly of: (
    name: FlagName,
    from: { readonly known?: string | undefined; readonly otherwise?: string },
  ) => Promise<string>;
  readonly print: (text: string) => void;
};

export function createAnswers(
  flags: SetupFlags,
  asker: Asker | null,
  print: (text: string) => void,
): Answers {
  async function of(
    name: FlagName,
    { known, otherwise }: { readonly known?: string | undefined; readonly otherwise?: string },
  ): Promise<string> {
    const { text, trouble } = questions[name];
    const flag = flags[name]?.trim();
    if (flag !== undefined) {
      const wrong = trouble(flag);
      if (wrong !== undefined) throw new SetupError(`--${name}: ${wrong}`);
      return flag;
    }
    if (known !== undefined) return known;
    if (!asker) {
      if (otherwise !== undefined) return otherwise;
      throw new SetupError(`--${name} is missing. ${text}.`);
    }
    for (;;) {
      const suggested = otherwise ? ` [${otherwise}]` : '';
      const answer = (await asker.ask(`${text}${suggested}: `)).trim() || otherwise;
      const wrong = answer === undefined ? 'needs an answer' : answer && trouble(answer);
      if (answer !== undefined && !wrong) return answer;
      print(`  This ${wrong}.`);
    }
  }
  return { of, print };
}
