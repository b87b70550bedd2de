/** The form in which an approver changes a request. */
import { type Form, openedForm } from './form.ts';
import type { Scenario } from './harness.ts';
import type { Person } from './person.ts';
import type { Seen } from './seen.ts';

/** Presses Compare, then the button below it. */
export async function openChange(
  { sandbox }: Pick<Scenario, 'sandbox'>,
  who: Person,
  card: Seen,
): Promise<Form> {
  await who.press(card, 'Compare');
  await who.notice(/You can .*Most similar existing users/s);
  const compared = openedForm(sandbox, who.id, (await who.views()).at(-1)?.id ?? '');
  await compared.press('Change the request');
  return who.form();
}
