/** A problem of the configuration, described so that the reader can correct it without other documentation. */

export type ConfigProblem = {
  /** The environment variable, or the place in the policy file: `instances[0].region`. */
  readonly setting: string;
  /** The problem itself. It never contains the value of a secret. */
  readonly wrong: string;
  /** What the setting is for. */
  readonly purpose?: string;
  /** Where to get a good value. */
  readonly source?: string;
};

/** All problems as text for a terminal, one paragraph each. */
export function formatConfigProblems(problems: readonly ConfigProblem[]): string {
  const count = problems.length === 1 ? 'One thing is' : `${problems.length} things are`;
  const paragraphs = problems.map(({ setting, wrong, purpose, source }) =>
    [
      `  ${setting}: ${wrong}`,
      ...(purpose === undefined ? [] : [`      what it is for: ${purpose}`]),
      ...(source === undefined ? [] : [`      where to get it: ${source}`]),
    ].join('\n'),
  );
  return [
    `${count} missing or wrong in the configuration:`,
    ...paragraphs,
    'To try the bot without any of this: npm run sandbox needs no settings, no Slack and no AWS.',
  ].join('\n\n');
}
