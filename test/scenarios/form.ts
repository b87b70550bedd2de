/** A modal that a person has open, used by its labels as that person would. */
import type {
  ActionResult,
  ElementValue,
  Option,
  Suggestions,
} from '../../sandbox/api/interactions.ts';
import type { SubmitResult, View, Views } from '../../sandbox/api/views.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { buttonsIn, isBag, isInput, labelOf, labelsOf, textOfView } from './seen.ts';

/** Text to type, the name of an option, the names of several options, or whether a box is checked. */
export type FieldValue = string | readonly string[] | boolean;
/** Label → the value that a person enters. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

export type Submitted = {
  readonly outcome: SubmitResult['outcome'];
  readonly ackMs: number;
  /** Label of the field → the error below it. */
  readonly errors: Readonly<Record<string, string>>;
  readonly detail?: string;
};

export type Form = {
  readonly id: string;
  /** The current view. Throws when the modal was closed. */
  view(): Promise<View>;
  labels(): Promise<string[]>;
  text(): Promise<string>;
  /** The value of a field: its text, or the names of the selected options. */
  valueOf(label: string): Promise<string | string[]>;
  /** Types or selects. For a field that changes the form, it waits until the form has changed. */
  set(label: string, value: FieldValue): Promise<void>;
  /** Presses a button inside the form and waits until the form has changed. */
  press(button: string): Promise<void>;
  /** The names of the options that an external select offers for this text. */
  offers(label: string, text: string): Promise<string[]>;
  /** Fills in the rest and presses the submit button. */
  submit(values?: FieldValues): Promise<Submitted>;
  close(): Promise<void>;
};

type Field = { readonly blockId: string; readonly block: Bag; readonly element: Bag };
type Bag = Readonly<Record<string, unknown>>;

export function openedForm(sandbox: SandboxCalls, user: string, id: string): Form {
  const view = async () => {
    const { views } = await sandbox.call<Views>('GET', `/views?user=${user}`);
    const found = views.find((view) => view.id === id);
    if (!found) throw new Error('the form is closed');
    return found;
  };

  async function suggestions(field: Field, text: string): Promise<Option[]> {
    const answer = await sandbox.call<Suggestions>('POST', '/suggestions', {
      user,
      viewId: id,
      blockId: field.blockId,
      actionId: field.element.action_id,
      value: text,
    });
    if (answer.outcome !== 'ok') throw new Error(`no suggestions: ${answer.detail ?? ''}`);
    return answer.options;
  }

  async function pick(field: Field, name: string): Promise<Option> {
    const external = String(field.element.type).includes('external_select');
    const offered = external ? await suggestions(field, name) : optionsOf(field.element);
    const option = offered.find((option) => option.text.text === name);
    if (option) return option;
    const names = offered.map((option) => option.text.text).join(', ');
    throw new Error(`“${labelOf(field.block)}” does not offer “${name}”, but: ${names}`);
  }

  async function toValue(field: Field, value: FieldValue): Promise<ElementValue> {
    if (typeof value === 'boolean') {
      return { selected_options: value ? optionsOf(field.element).slice(0, 1) : [] };
    }
    if (String(field.element.type).includes('users_select')) {
      return { selected_users: [value].flat().map(String) };
    }
    if (typeof value !== 'string') {
      const picked: Option[] = [];
      for (const name of value) picked.push(await pick(field, name));
      return { selected_options: picked };
    }
    if (field.element.type === 'datetimepicker') {
      const seconds = Math.floor(Date.parse(value) / 1000);
      return { selected_date_time: value === '' ? null : seconds };
    }
    const choice = /select|radio/.test(String(field.element.type));
    if (!choice) return { value };
    return { selected_option: value === '' ? null : await pick(field, value) };
  }

  /** Performs an action after which the bot updates the form. */
  async function andRedrawn(what: string, act: () => Promise<ActionResult>): Promise<void> {
    const { hash } = await view();
    const result = await act();
    if (result.outcome !== 'ok') throw new Error(`${what}: ${result.outcome} ${result.detail}`);
    await eventually(`the form changes after ${what}`, async () => (await view()).hash !== hash);
  }

  return {
    id,
    view,
    labels: async () => labelsOf(await view()),
    text: async () => textOfView(await view()),
    async valueOf(label) {
      const now = await view();
      const field = fieldNamed(now, label);
      return shown(now.values[field.blockId]?.[String(field.element.action_id)] ?? {});
    },
    async set(label, value) {
      const field = fieldNamed(await view(), label);
      const body = {
        user,
        blockId: field.blockId,
        actionId: field.element.action_id,
        value: await toValue(field, value),
      };
      const act = () => sandbox.call<ActionResult>('POST', `/views/${id}/input`, body);
      if (field.block.dispatch_action === true) await andRedrawn(`setting “${label}”`, act);
      else await act();
    },
    async press(text) {
      const button = buttonsIn((await view()).blocks).find((button) => button.text === text);
      if (!button) throw new Error(`there is no button “${text}”`);
      const { blockId, actionId } = button;
      const body = { user, viewId: id, blockId, actionId };
      await andRedrawn(`pressing “${text}”`, () => sandbox.call('POST', '/actions', body));
    },
    offers: async (label, text) =>
      (await suggestions(fieldNamed(await view(), label), text)).map((option) => option.text.text),
    async submit(values = {}) {
      const now = await view();
      const given: Record<string, Record<string, ElementValue>> = {};
      for (const [label, value] of Object.entries(values)) {
        const field = fieldNamed(now, label);
        given[field.blockId] = { [String(field.element.action_id)]: await toValue(field, value) };
      }
      const body = { user, values: given };
      const answer = await sandbox.call<SubmitResult>('POST', `/views/${id}/submit`, body);
      const labels = new Map(
        fieldsOf(now).map((field) => [field.blockId, labelOf(field.block)] as const),
      );
      const errors = Object.entries(answer.errors ?? {}).map(
        ([blockId, sentence]) => [labels.get(blockId) ?? blockId, sentence] as const,
      );
      return {
        outcome: answer.outcome,
        ackMs: answer.ackMs,
        errors: Object.fromEntries(errors),
        ...(answer.detail === undefined ? {} : { detail: answer.detail }),
      };
    },
    close: async () => void (await sandbox.call('POST', `/views/${id}/close`, { user })),
  };
}

function fieldsOf(view: View): Field[] {
  return view.blocks.flatMap((block) => {
    const bag: Bag = { ...block };
    if (!isInput(bag) || !isBag(bag.element)) return [];
    return [{ blockId: String(bag.block_id), block: bag, element: bag.element }];
  });
}

function fieldNamed(view: View, label: string): Field {
  const field = fieldsOf(view).find((candidate) => labelOf(candidate.block) === label);
  if (field) return field;
  throw new Error(`there is no field “${label}”, but: ${labelsOf(view).join(', ')}`);
}

function optionsOf(element: Bag): Option[] {
  return Array.isArray(element.options) ? (element.options as Option[]) : [];
}

/** The state of one element as text. */
function shown(state: Bag): string | string[] {
  if (Array.isArray(state.selected_options)) {
    return (state.selected_options as Option[]).map((option) => option.text.text);
  }
  if (isBag(state.selected_option) && isBag(state.selected_option.text)) {
    return String(state.selected_option.text.text);
  }
  return typeof state.value === 'string' ? state.value : '';
}
