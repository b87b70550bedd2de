const paths = {
  back: 'M12.5 4.5L7 10l5.5 5.5',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  close: 'M5 5l10 10M15 5L5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  reply: 'M4 5h12v8H9l-4 3.5V13H4z',
  send: 'M3.5 4l13 6-13 6 2.5-6z',
  attach:
    'M14.5 9.5l-5 5a3.2 3.2 0 0 1-4.6-4.6l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.8 5.8a1 1 0 0 1-1.5-1.5l5-5',
  hash: 'M7.5 3.5l-1.5 13M14 3.5l-1.5 13M4 7.5h13M3 12.5h13',
  lock: 'M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M5 9h10v7.5H5z',
  cloud: 'M6 15.5h8.5a3.2 3.2 0 0 0 .4-6.4 5 5 0 0 0-9.7-.6A3.6 3.6 0 0 0 6 15.5z',
  wire: 'M2.5 10h3.5l2-5 4 10 2-5h3.5',
  fault: 'M11 2.5L5 11.5h4.5L9 17.5l6-9h-4.5z',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.4 4.4l1 1M14.6 14.6l1 1M4.4 15.6l1-1M14.6 5.4l1-1',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z',
  auto: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  right: 'M8 5.5l4.5 4.5L8 14.5',
  file: 'M5 2.5h6.5l3.5 3.5v11.5H5zM11.5 2.5V6H15',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM13 13l3.5 3.5',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 11h6.6L14 6',
  link: 'M8.5 11.5l3-3M9 6.5l2-2a3 3 0 0 1 4.5 4.5l-2 2M11 13.5l-2 2A3 3 0 0 1 4.5 11l2-2',
  bolt: 'M11 2.5L5 11.5h4.5L9 17.5l6-9h-4.5z',
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the color of the text around it; the control around it carries the name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width={name === 'more' ? 2.6 : 1.6}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
