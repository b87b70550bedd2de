/** Problems in the rules of a well-formed policy file. */
import { lintRules } from '../../policy/lint.ts';
import { readRules } from '../../policy/read-rules.ts';
import type { WrittenRule } from '../../policy/rule-schema.ts';
import type { ConfigProblem } from '../problems.ts';
import type { PolicyFile } from './policy-file.ts';

/** Rules that nobody can satisfy, rules that can never match, and rules in addition to the short form. */
export function checkRules(file: PolicyFile): ConfigProblem[] {
  return [
    ...checkPlace('', file),
    ...file.instances.flatMap((instance, index) => checkPlace(`instances[${index}].`, instance)),
  ];
}

function checkPlace(
  at: string,
  place: {
    readonly rules?: readonly WrittenRule[] | undefined;
    readonly mayRequest?: unknown;
    readonly approval?: unknown;
  },
): ConfigProblem[] {
  if (!place.rules) return [];
  const both = (['mayRequest', 'approval'] as const)
    .filter((name) => place[name] !== undefined)
    .map((name) => ({
      setting: `${at}${name}`,
      wrong: 'is beside rules, which take its place: give one of the two',
    }));
  const found = lintRules(readRules(place.rules)).map(({ path, wrong }) => {
    const names = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`));
    return { setting: `${at}rules${names.join('')}`, wrong };
  });
  return [...both, ...found];
}
