/** The rich text block (docs: rich text), which an app can send and receive. */
import { type Limit, limits } from '../limits.ts';
import { channelId, hexColor, teamId, usergroupId, userId } from './ids.ts';
import {
  boolean,
  byType,
  type Check,
  filledShape,
  integer,
  list,
  oneOf,
  shape,
  someItems,
  string,
} from './schema.ts';

const anyString = string();
const notNegative: Limit = {
  max: Number.MAX_SAFE_INTEGER,
  source: 'types: a Unix time, and a count of items',
};
const textStyle = filledShape({
  optional: { bold: boolean, code: boolean, italic: boolean, strike: boolean, underline: boolean },
});
const mentionStyle = filledShape({
  optional: {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
});

function inline(
  type: string,
  required: Record<string, Check>,
  optional = {},
  style = mentionStyle,
) {
  return shape({ required: { type: oneOf(type), ...required }, optional: { ...optional, style } });
}

const text = inline(
  'text',
  { text: string({ min: 1, max: 13_200, source: 'seen: no empty text' }) },
  {},
  textStyle,
);
const link = inline('link', { url: anyString }, { text: anyString, unsafe: boolean }, textStyle);

const inlineElements: Record<string, Check> = {
  text,
  link,
  broadcast: inline('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  channel: inline('channel', { channel_id: channelId }),
  color: inline('color', { value: hexColor }),
  date: inline(
    'date',
    { timestamp: integer(notNegative), format: anyString },
    { url: anyString, fallback: anyString },
  ),
  emoji: inline(
    'emoji',
    { name: anyString },
    { unicode: anyString, url: anyString, skin_tone: integer() },
  ),
  team: inline('team', { team_id: teamId }),
  user: inline('user', { user_id: userId }),
  usergroup: inline('usergroup', { usergroup_id: usergroupId }),
};

const border = { border: oneOf(0, 1) };
const section = shape({
  required: { type: oneOf('rich_text_section'), elements: list(byType(inlineElements)) },
});

export const richText: Check = shape({
  required: {
    type: oneOf('rich_text'),
    elements: list(
      byType({
        rich_text_section: section,
        rich_text_list: shape({
          required: {
            type: oneOf('rich_text_list'),
            style: oneOf('bullet', 'ordered'),
            elements: list(section, someItems),
          },
          optional: {
            ...border,
            indent: integer({ max: 8, source: 'types: rich text list' }),
            offset: integer(notNegative),
          },
        }),
        rich_text_quote: shape({
          required: { type: oneOf('rich_text_quote'), elements: list(byType(inlineElements)) },
          optional: border,
        }),
        rich_text_preformatted: shape({
          required: {
            type: oneOf('rich_text_preformatted'),
            elements: list(byType({ text, link })),
          },
          optional: { ...border, language: anyString },
        }),
      }),
    ),
  },
  optional: { block_id: string(limits.blockId) },
});
