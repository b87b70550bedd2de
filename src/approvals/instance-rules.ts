/** The rules of an instance, written out or in their short form. */
import type { InstanceConfig } from '../config/config.ts';
import { rulesOfShortForm } from '../policy/read-rules.ts';
import type { Rule } from '../policy/rule.ts';

export function rulesOf(config: Pick<InstanceConfig, 'rules' | 'mayRequest' | 'approval'>) {
  return config.rules ?? shortForm(config);
}

function shortForm({
  mayRequest,
  approval,
}: Pick<InstanceConfig, 'mayRequest' | 'approval'>): Rule[] {
  return rulesOfShortForm(mayRequest, approval);
}
