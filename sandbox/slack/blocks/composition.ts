/** Block Kit's composition objects: text, options, confirmation dialogs. */
import { isObject, type JsonObject, listOf, sameJson } from '../json.ts';
import { type Limit, limits } from '../limits.ts';
import {
  boolean,
  byType,
  type Check,
  list,
  oneOf,
  type Place,
  refuse,
  shape,
  string,
  under,
  union,
  urlProblem,
} from './schema.ts';

/** Text that is not empty after outer whitespace is removed (guess: Slack trims before it counts). */
function words(limit: Limit): Check {
  const check = string(limit);
  return (value, place) => {
    const blank = typeof value === 'string' && value.length > 0 && value.trim() === '';
    check(blank ? '' : value, place);
  };
}

export function plainText(limit: Limit): Check {
  return shape({
    required: { type: oneOf('plain_text'), text: words(limit) },
    optional: { emoji: boolean },
  });
}

export function anyText(limit: Limit): Check {
  return union(
    byType({
      plain_text: plainText(limit),
      mrkdwn: shape({
        required: { type: oneOf('mrkdwn'), text: words(limit) },
        optional: { verbatim: boolean },
      }),
    }),
  );
}

/**
 * All four texts are required (docs: confirmation dialog), though the SDK's types require only `text`. That the text
 * may be mrkdwn is in the types but not on the page (guess).
 */
export const confirm: Check = shape({
  required: {
    title: plainText(limits.confirmTitle),
    text: anyText(limits.confirmText),
    confirm: plainText(limits.confirmButton),
    deny: plainText(limits.confirmButton),
  },
  optional: { style: oneOf('primary', 'danger') },
});

const optionMembers = { value: string(limits.optionValue) };

/** The option of a select: plain text only. */
export const plainOption: Check = shape({
  required: { text: plainText(limits.optionText), ...optionMembers },
  optional: { description: plainText(limits.optionDescription) },
});

/** The option of checkboxes and radio buttons, which can be formatted. */
export const formattedOption: Check = shape({
  required: { text: anyText(limits.optionText), ...optionMembers },
  optional: { description: anyText(limits.optionDescription) },
});

export const overflowOption: Check = shape({
  required: { text: plainText(limits.optionText), ...optionMembers },
  optional: {
    description: plainText(limits.optionDescription),
    url: string(limits.optionUrl, urlProblem),
  },
});

export const optionGroup: Check = shape({
  required: {
    label: plainText(limits.optionGroupLabel),
    options: list(plainOption, limits.options),
  },
});

/** Every option of an element, including those in groups. */
export function offeredOptions(element: JsonObject): JsonObject[] {
  const grouped = listOf(element.option_groups).flatMap((group) =>
    isObject(group) ? listOf(group.options) : [],
  );
  return [...listOf(element.options), ...grouped].filter(isObject);
}

/** An initial option must equal one of the options in each member (docs: select, initial_option). */
export function initialAmongOptions(element: JsonObject, place: Place): void {
  const offered = offeredOptions(element);
  const known = (option: unknown) => offered.some((candidate) => sameOption(candidate, option));
  // The wording of both is a guess.
  if ('initial_option' in element && !known(element.initial_option)) {
    refuse(under(place, 'initial_option'), 'must match one of the options');
  }
  for (const [at, option] of listOf(element.initial_options).entries()) {
    if (known(option)) continue;
    refuse(under(under(place, 'initial_options'), at), 'must match one of the options');
  }
}

/** Slack adds `emoji: true`, so its presence does not make two options different (guess). */
function sameOption(left: unknown, right: unknown): boolean {
  return sameJson(withoutEmoji(left), withoutEmoji(right));
}

function withoutEmoji(option: unknown): unknown {
  if (!isObject(option)) return option;
  const entries = Object.entries(option).map(([name, member]) => {
    if (!isObject(member)) return [name, member];
    const { emoji: _emoji, ...rest } = member;
    return [name, rest];
  });
  return Object.fromEntries(entries);
}

/** Either `options` or `option_groups`, but not both (docs: static select). */
export function optionsOrGroups(element: JsonObject, place: Place): void {
  const both = 'options' in element && 'option_groups' in element;
  const neither = !('options' in element) && !('option_groups' in element);
  if (both) refuse(place, 'must define either `options` or `option_groups`, not both');
  if (neither) refuse(place, 'must define either `options` or `option_groups`');
}
