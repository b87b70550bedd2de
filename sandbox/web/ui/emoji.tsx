import type { ComponentChildren } from 'preact';
import { emojiCharacter } from '../text/emoji.ts';

const disc = (color: string, inside: ComponentChildren = null) => (
  <>
    <circle cx="10" cy="10" r="8.5" fill={color} />
    {inside}
  </>
);
const square = (color: string, inside: ComponentChildren) => (
  <>
    <rect x="1.5" y="1.5" width="17" height="17" rx="3.5" fill={color} />
    {inside}
  </>
);
const stroke = (d: string, color = '#fff', width = 2.2) => (
  <path
    d={d}
    fill="none"
    stroke={color}
    stroke-width={width}
    stroke-linecap="round"
    stroke-linejoin="round"
  />
);
const padlock = (shackle: string) => (
  <>
    {stroke(shackle, '#8a7440', 2)}
    <rect x="4" y="9" width="12" height="8.5" rx="1.8" fill="#e0a526" />
    <circle cx="10" cy="13" r="1.5" fill="#7a5600" />
  </>
);
const glass = (sand: string) => (
  <>
    {stroke('M5 2.5h10M5 17.5h10', '#8b6a3e', 2)}
    <path d="M6 3c0 4 3 5 3 7s-3 3-3 7h8c0-4-3-5-3-7s3-3 3-7z" fill="#d8ecf5" stroke="#8b6a3e" />
    <path d={sand} fill="#e0a526" />
  </>
);

/**
 * The emoji a bot's messages live on, drawn here: they look alike on every machine, also on one
 * that has no emoji font (a container, a headless browser).
 */
const drawings: Readonly<Record<string, ComponentChildren>> = {
  white_check_mark: square('#2f9e57', stroke('M5.5 10.5l3 3 6-7')),
  heavy_check_mark: stroke('M4 11l4 4 8-10', '#2f9e57', 2.8),
  warning: (
    <>
      <path d="M10 2l8.5 15.5h-17z" fill="#f2b01e" stroke="#f2b01e" stroke-linejoin="round" />
      {stroke('M10 8v4.5', '#3b2a00')}
      <circle cx="10" cy="15.2" r="1.2" fill="#3b2a00" />
    </>
  ),
  x: stroke('M4.5 4.5l11 11M15.5 4.5l-11 11', '#d6373f', 3.2),
  alarm_clock: (
    <>
      {stroke('M3 5l3-2.5M17 5l-3-2.5M6 16.5l-1.5 2M14 16.5l1.5 2', '#8b6a3e', 2)}
      <circle cx="10" cy="10.5" r="6.8" fill="#fff" stroke="#d6373f" stroke-width="2.2" />
      {stroke('M10 7v3.8l2.6 1.6', '#3b2a00', 1.6)}
    </>
  ),
  hourglass: glass('M6.5 16.5c0-2 2-3 3.5-3s3.5 1 3.5 3z'),
  hourglass_flowing_sand: glass(
    'M7 5.5h6c-.6 2-2.2 2.6-3 4-.8-1.4-2.4-2-3-4zM7 16.5c.3-1.3 1.6-2 3-2s2.7.7 3 2z',
  ),
  lock: padlock('M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9'),
  unlock: padlock('M6.5 9V5.5a3.5 3.5 0 0 1 6.8-1.2'),
  no_entry: disc('#d6373f', <rect x="4.5" y="8.4" width="11" height="3.2" rx="1" fill="#fff" />),
  no_entry_sign: (
    <>
      <circle cx="10" cy="10" r="7.5" fill="none" stroke="#d6373f" stroke-width="2.4" />
      {stroke('M4.9 4.9l10.2 10.2', '#d6373f', 2.4)}
    </>
  ),
  information_source: square(
    '#2f78c4',
    <>
      <circle cx="10" cy="5.8" r="1.4" fill="#fff" />
      {stroke('M10 9.5v5')}
    </>,
  ),
  double_vertical_bar: square('#2f78c4', stroke('M7.5 6v8M12.5 6v8', '#fff', 2.6)),
  arrow_forward: square('#2f78c4', <path d="M7 5.5l7 4.5-7 4.5z" fill="#fff" />),
  octagonal_sign: <path d="M6.5 1.5h7l5 5v7l-5 5h-7l-5-5v-7z" fill="#d6373f" />,
  red_circle: disc('#d6373f'),
  large_green_circle: disc('#2f9e57'),
  large_yellow_circle: disc('#f2b01e'),
  large_blue_circle: disc('#2f78c4'),
  white_circle: disc('#c9d1d6'),
  page_facing_up: (
    <>
      <path d="M4 1.5h8l4 4v13H4z" fill="#eef3f6" stroke="#8297a3" />
      {stroke('M6.5 9h7M6.5 12h7M6.5 15h5', '#8297a3', 1.2)}
    </>
  ),
  bust_in_silhouette: (
    <>
      <circle cx="10" cy="6.5" r="4" fill="#5b7f95" />
      <path d="M2.5 18c.5-4.5 3.5-6 7.5-6s7 1.5 7.5 6z" fill="#5b7f95" />
    </>
  ),
  busts_in_silhouette: (
    <>
      <circle cx="13.5" cy="6" r="3.2" fill="#87a5b5" />
      <path d="M9 17c.4-4 2-5.5 4.5-5.5S18.5 13 19 17z" fill="#87a5b5" />
      <circle cx="7.5" cy="7" r="3.6" fill="#5b7f95" />
      <path d="M1 18c.4-4.3 3-5.8 6.5-5.8s6.1 1.5 6.5 5.8z" fill="#5b7f95" />
    </>
  ),
  bulb: (
    <>
      <path
        d="M10 1.5a6 6 0 0 0-3.5 10.8c.8.6 1 1.5 1 2.2h5c0-.7.2-1.6 1-2.2A6 6 0 0 0 10 1.5z"
        fill="#f2b01e"
      />
      {stroke('M8 16.5h4M8.8 18.5h2.4', '#7d8b93', 1.4)}
    </>
  ),
  question: (
    <>
      {stroke('M6 6.5c0-5 8-5 8 0 0 3-4 3-4 6.2', '#d6373f', 2.8)}
      <circle cx="10" cy="16.8" r="1.7" fill="#d6373f" />
    </>
  ),
  pencil2: (
    <>
      <path d="M3.2 13.6L13.4 3.4l3.2 3.2L6.4 16.8l-4.2 1z" fill="#f2b01e" stroke="#8b6a3e" />
      <path d="M2.2 17.8l.6-2.4 1.8 1.8z" fill="#3b2a00" />
    </>
  ),
  key: (
    <>
      <circle cx="6" cy="10" r="3.6" fill="none" stroke="#e0a526" stroke-width="2.6" />
      {stroke('M9.8 10h8M14.5 10v3.2M17.5 10v3.2', '#e0a526', 2.4)}
    </>
  ),
  leftwards_arrow_with_hook: square(
    '#2f78c4',
    stroke('M8 5.5L5 8.5l3 3M5.5 8.5H12a3 3 0 0 1 0 6H9', '#fff', 1.8),
  ),
  eyes: (
    <>
      <ellipse cx="6" cy="10" rx="4" ry="5.5" fill="#fff" stroke="#8297a3" />
      <ellipse cx="14" cy="10" rx="4" ry="5.5" fill="#fff" stroke="#8297a3" />
      <circle cx="5" cy="11" r="2" fill="#243b47" />
      <circle cx="13" cy="11" r="2" fill="#243b47" />
    </>
  ),
};

export function Emoji({ name }: { name: string }) {
  const drawing = drawings[name];
  const label = `:${name}:`;
  if (!drawing) {
    return (
      <span class="emoji" role="img" aria-label={label} title={label}>
        {emojiCharacter(name) ?? label}
      </span>
    );
  }
  return (
    <svg class="emoji" viewBox="0 0 20 20" role="img" aria-label={label}>
      <title>{label}</title>
      {drawing}
    </svg>
  );
}
