import type { Option } from '../../api/interactions.ts';
import {
  asRaw,
  child,
  children,
  flag,
  number,
  type Raw,
  type TextModel,
  text,
  textObject,
  texts,
} from './read.ts';

export type ConfirmModel = {
  title: string;
  text: TextModel;
  confirm: string;
  deny: string;
  danger: boolean;
};

export type OptionGroup = { label: string | null; options: Option[] };

type Common = {
  actionId: string;
  placeholder: string;
  confirm: ConfirmModel | null;
  focusOnLoad: boolean;
};

export type SelectSource = 'static' | 'external' | 'users' | 'conversations';

/** Every Block Kit element that the page can render. */
export type ElementModel = Common &
  (
    | {
        kind: 'button';
        text: TextModel;
        value: string | null;
        url: string | null;
        style: 'primary' | 'danger' | 'default';
        label: string | null;
      }
    | {
        kind: 'text';
        input: 'text' | 'email' | 'url' | 'number';
        multiline: boolean;
        initial: string;
        minLength: number | null;
        maxLength: number | null;
        min: string | null;
        max: string | null;
        decimal: boolean;
        dispatchOn: ('on_enter_pressed' | 'on_character_entered')[];
      }
    | { kind: 'choices'; many: boolean; options: Option[]; initial: Option[] }
    | {
        kind: 'select';
        source: SelectSource;
        many: boolean;
        groups: OptionGroup[];
        initial: Option[];
        /** Ids, for users and conversations. */
        initialIds: string[];
        minQueryLength: number;
        maxSelected: number | null;
      }
    | { kind: 'date'; initial: string | null }
    | { kind: 'time'; initial: string | null }
    /** In seconds, as Slack counts them. */
    | { kind: 'datetime'; initial: number | null }
    | { kind: 'file'; filetypes: string[]; maxFiles: number }
    | { kind: 'overflow'; options: Option[] }
    | { kind: 'image'; url: string | null; alt: string }
    | { kind: 'unknown'; type: string; problem: string }
  );

export type ElementOf<Kind extends ElementModel['kind']> = Extract<ElementModel, { kind: Kind }>;

/** Reads one element; an unknown one becomes `unknown` and is rendered as an error. */
export function readElement(raw: Raw | null): ElementModel {
  const type = raw ? (text(raw, 'type') ?? 'no type') : 'nothing';
  const common: Common = {
    actionId: raw ? (text(raw, 'action_id') ?? '') : '',
    placeholder: raw ? (textObject(child(raw, 'placeholder'))?.text ?? '') : '',
    confirm: raw ? readConfirm(child(raw, 'confirm')) : null,
    focusOnLoad: raw ? flag(raw, 'focus_on_load') : false,
  };
  if (!raw) return { ...common, kind: 'unknown', type, problem: 'an element is missing here' };
  switch (type) {
    case 'button':
      return readButton(raw, common);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return readTextInput(raw, type, common);
    case 'checkboxes':
    case 'radio_buttons':
      return {
        ...common,
        kind: 'choices',
        many: type === 'checkboxes',
        options: readOptions(raw, 'options'),
        initial: initialOptions(raw),
      };
    case 'static_select':
    case 'multi_static_select':
      return readSelect(raw, 'static', type, common);
    case 'external_select':
    case 'multi_external_select':
      return readSelect(raw, 'external', type, common);
    case 'users_select':
    case 'multi_users_select':
      return readSelect(raw, 'users', type, common);
    case 'conversations_select':
      return readSelect(raw, 'conversations', type, common);
    case 'datepicker':
      return { ...common, kind: 'date', initial: text(raw, 'initial_date') };
    case 'timepicker':
      return { ...common, kind: 'time', initial: text(raw, 'initial_time') };
    case 'datetimepicker': {
      const { initial_date_time: initial } = raw;
      return { ...common, kind: 'datetime', initial: typeof initial === 'number' ? initial : null };
    }
    case 'file_input':
      return {
        ...common,
        kind: 'file',
        filetypes: texts(raw, 'filetypes'),
        maxFiles: number(raw, 'max_files') ?? 10,
      };
    case 'overflow':
      return { ...common, kind: 'overflow', options: readOptions(raw, 'options') };
    case 'image':
      return { ...common, kind: 'image', url: imageUrl(raw), alt: text(raw, 'alt_text') ?? '' };
    default:
      return { ...common, kind: 'unknown', type, problem: 'the sandbox cannot draw this element' };
  }
}

function readButton(raw: Raw, common: Common): ElementModel {
  const words = textObject(child(raw, 'text'));
  if (!words)
    return { ...common, kind: 'unknown', type: 'button', problem: 'a button without text' };
  const style = raw.style === 'primary' || raw.style === 'danger' ? raw.style : 'default';
  return {
    ...common,
    kind: 'button',
    text: words,
    value: text(raw, 'value'),
    url: text(raw, 'url'),
    style,
    label: text(raw, 'accessibility_label'),
  };
}

const textInputs = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
} as const;

function readTextInput(raw: Raw, type: keyof typeof textInputs, common: Common): ElementModel {
  const config = child(raw, 'dispatch_action_config');
  const triggers = config ? texts(config, 'trigger_actions_on') : [];
  const dispatchOn = triggers.filter(
    (trigger) => trigger === 'on_enter_pressed' || trigger === 'on_character_entered',
  );
  return {
    ...common,
    kind: 'text',
    input: textInputs[type],
    multiline: flag(raw, 'multiline'),
    initial: text(raw, 'initial_value') ?? '',
    minLength: number(raw, 'min_length'),
    maxLength: number(raw, 'max_length'),
    min: text(raw, 'min_value'),
    max: text(raw, 'max_value'),
    decimal: flag(raw, 'is_decimal_allowed'),
    dispatchOn: dispatchOn.length > 0 ? dispatchOn : ['on_enter_pressed'],
  };
}

function readSelect(raw: Raw, source: SelectSource, type: string, common: Common): ElementModel {
  const groups = children(raw, 'option_groups').map((group) => ({
    label: textObject(child(group, 'label'))?.text ?? '',
    options: readOptions(group, 'options'),
  }));
  const initialIds =
    source === 'users'
      ? [...texts(raw, 'initial_users'), ...single(text(raw, 'initial_user'))]
      : source === 'conversations'
        ? single(text(raw, 'initial_conversation'))
        : [];
  return {
    ...common,
    kind: 'select',
    source,
    many: type.startsWith('multi_'),
    groups: groups.length > 0 ? groups : [{ label: null, options: readOptions(raw, 'options') }],
    initial: initialOptions(raw),
    initialIds,
    // Slack's default; 0 queries the bot as soon as the menu opens (external_select docs).
    minQueryLength: number(raw, 'min_query_length') ?? 3,
    maxSelected: number(raw, 'max_selected_items'),
  };
}

function single(value: string | null): string[] {
  return value === null ? [] : [value];
}

function initialOptions(raw: Raw): Option[] {
  const option = readOption(child(raw, 'initial_option'));
  return option ? [option] : readOptions(raw, 'initial_options');
}

function readOptions(raw: Raw, key: string): Option[] {
  return children(raw, key)
    .map(readOption)
    .filter((option) => option !== null);
}

/** An option that can be rendered; the original object is kept because it is sent back to the bot unchanged. */
function readOption(raw: Raw | null): Option | null {
  if (!raw || !textObject(child(raw, 'text'))) return null;
  return raw as unknown as Option;
}

function readConfirm(raw: Raw | null): ConfirmModel | null {
  if (!raw) return null;
  return {
    title: textObject(child(raw, 'title'))?.text ?? 'Are you sure?',
    text: textObject(child(raw, 'text')) ?? {
      markup: false,
      text: '',
      emoji: false,
      verbatim: false,
    },
    confirm: textObject(child(raw, 'confirm'))?.text ?? 'Yes',
    deny: textObject(child(raw, 'deny'))?.text ?? 'Cancel',
    danger: raw.style === 'danger',
  };
}

export function imageUrl(raw: Raw): string | null {
  const file = asRaw(raw.slack_file);
  return text(raw, 'image_url') ?? (file ? text(file, 'url') : null);
}
