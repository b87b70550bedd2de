/** The select menus: static, external, users, conversations and channels, single and multiple. */
import { type JsonObject, listOf } from '../json.ts';
import { limits } from '../limits.ts';
import { initialAmongOptions, optionGroup, optionsOrGroups, plainOption } from './composition.ts';
import { confirmable, element, focus, placeholder } from './element.ts';
import { channelId, conversationId, userId } from './ids.ts';
import {
  boolean,
  type Check,
  distinctList,
  filledShape,
  integer,
  list,
  oneOf,
  type Place,
  refuse,
  someItems,
  under,
} from './schema.ts';

const maxSelected = {
  max_selected_items: integer({ min: 1, max: Number.MAX_SAFE_INTEGER, source: 'docs: select' }),
};
const conversationFilter = filledShape({
  optional: {
    include: distinctList(oneOf('im', 'mpim', 'private', 'public'), {
      min: 1,
      max: 4,
      source: 'docs: conversation filter',
    }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

const queryLength = {
  min_query_length: integer({ max: Number.MAX_SAFE_INTEGER, source: 'types: external select' }),
};
const staticOptions = {
  options: list(plainOption, limits.options),
  option_groups: list(optionGroup, limits.optionGroups),
};
function together(...rules: ((value: JsonObject, place: Place) => void)[]) {
  return (value: JsonObject, place: Place) => {
    for (const rule of rules) rule(value, place);
  };
}

function initialWithinMaximum(value: JsonObject, place: Place): void {
  const most = value.max_selected_items;
  const chosen = listOf(value.initial_options).length;
  if (typeof most === 'number' && chosen > most) {
    refuse(under(place, 'initial_options'), `no more than ${most} items allowed`);
  }
}

export const selects: Record<string, Check> = {
  static_select: element('static_select', {
    optional: {
      ...staticOptions,
      initial_option: plainOption,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
    also: together(optionsOrGroups, initialAmongOptions),
  }),
  multi_static_select: element('multi_static_select', {
    optional: {
      ...staticOptions,
      initial_options: list(plainOption, limits.options),
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
    also: together(optionsOrGroups, initialAmongOptions, initialWithinMaximum),
  }),
  external_select: element('external_select', {
    optional: {
      initial_option: plainOption,
      ...queryLength,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  multi_external_select: element('multi_external_select', {
    optional: {
      initial_options: list(plainOption, limits.options),
      ...queryLength,
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
    also: initialWithinMaximum,
  }),
  users_select: element('users_select', {
    optional: { initial_user: userId, ...confirmable, ...focus, ...placeholder },
  }),
  multi_users_select: element('multi_users_select', {
    optional: {
      initial_users: list(userId, someItems),
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  conversations_select: element('conversations_select', {
    optional: {
      initial_conversation: conversationId,
      default_to_current_conversation: boolean,
      response_url_enabled: boolean,
      filter: conversationFilter,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  multi_conversations_select: element('multi_conversations_select', {
    optional: {
      initial_conversations: list(conversationId, someItems),
      default_to_current_conversation: boolean,
      filter: conversationFilter,
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  channels_select: element('channels_select', {
    optional: {
      initial_channel: channelId,
      response_url_enabled: boolean,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  multi_channels_select: element('multi_channels_select', {
    optional: {
      initial_channels: list(channelId, someItems),
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
};
