/** Explains what would happen to a request, rule by rule, in words for a terminal. Pure. */
import { explain as inWords } from '../errors/problem.ts';
import type { RequestFacts } from '../policy/facts.ts';
import type { Rule } from '../policy/rule.ts';
import { judgeRequest } from '../policy/verdict.ts';

export function explainRequest(rules: readonly Rule[], facts: RequestFacts): string {
  const { verdict, tried } = judgeRequest(rules, facts);
  const lines = tried.map(({ rule, mismatch }, index) => {
    const place = `${index + 1}. ${rule.name}`;
    return mismatch ? `  ${place}: no, ${mismatch.why}` : `  ${place}: matches`;
  });
  const untried = rules.length - tried.length;
  if (untried > 0 && tried.length > 0) lines.push(`  (${untried} more below are not looked at)`);
  return `${[...lines, `→ ${outcomeText(verdict)}`].join('\n')}\n`;
}

function outcomeText(verdict: ReturnType<typeof judgeRequest>['verdict']): string {
  switch (verdict.kind) {
    case 'refused':
      return `refused: ${inWords(verdict.problem)}`;
    case 'create':
      return `created at once${verdict.aboveCeiling ? ', above the ceiling' : ''}`;
    case 'ask': {
      const { stages, stepUp } = verdict.approval;
      const signIn = stepUp ? ', each after a fresh sign-in' : '';
      return `requires approval: ${stages.map(stageText).join(', then ')}${signIn}`;
    }
  }
}

function stageText(stage: {
  readonly name: string;
  readonly count: number;
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
}): string {
  const from = [...stage.usergroups, ...stage.people];
  const who = from.length > 0 ? `from ${from.join(', ')}` : 'by holders of Users – Create';
  return `${stage.count} × ${stage.name} ${who}`;
}
