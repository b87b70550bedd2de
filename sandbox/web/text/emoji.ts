/** Slack's names for the emoji that bots use most. An unknown name stays as `:name:`, as in Slack. */
const characters: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  warning: '⚠️',
  x: '❌',
  hourglass: '⌛',
  alarm_clock: '⏰',
  hourglass_flowing_sand: '⏳',
  lock: '🔒',
  unlock: '🔓',
  key: '🔑',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  information_source: 'ℹ️',
  bell: '🔔',
  eyes: '👀',
  wave: '👋',
  tada: '🎉',
  rocket: '🚀',
  page_facing_up: '📄',
  paperclip: '📎',
  bust_in_silhouette: '👤',
  busts_in_silhouette: '👥',
  telephone_receiver: '📞',
  headphones: '🎧',
  ear: '👂',
  arrow_right: '➡️',
  arrows_counterclockwise: '🔄',
  double_vertical_bar: '⏸️',
  arrow_forward: '▶️',
  octagonal_sign: '🛑',
  question: '❓',
  exclamation: '❗',
  bulb: '💡',
  clock3: '🕒',
  red_circle: '🔴',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
  heart: '❤️',
  smile: '😄',
  slightly_smiling_face: '🙂',
  pray: '🙏',
  point_right: '👉',
  robot_face: '🤖',
  wrench: '🔧',
  shield: '🛡️',
  inbox_tray: '📥',
  outbox_tray: '📤',
  memo: '📝',
  pencil2: '✏️',
};

/** The character for a Slack emoji name, or null when the name is not in the table. */
export function emojiCharacter(name: string): string | null {
  return characters[name] ?? null;
}

/** Names by character without the variation selector, so that `⚠` and `⚠️` are both found. */
const names: ReadonlyMap<string, string> = new Map(
  Object.entries(characters).map(([name, character]) => [bare(character), name]),
);

function bare(character: string): string {
  return character.replaceAll('\uFE0F', '');
}

export function emojiName(character: string): string | null {
  return names.get(bare(character)) ?? null;
}

/** Matches one character of the table, with or without its variation selector; for `matchAll`. */
export const emojiPattern: RegExp = new RegExp(`(?:${[...names.keys()].join('|')})\\uFE0F?`, 'gu');
