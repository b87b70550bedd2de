/** The state in the URL, so that a link shows the same person and the same conversation. */
export type DrawerName = 'connect' | 'wire' | 'faults';

export type Address = {
  as: string | null;
  channel: string | null;
  thread: string | null;
  tab: 'messages' | 'home';
  drawer: DrawerName | null;
  /** A message to show, from a permalink. The next navigation removes it. */
  message: string | null;
};

export function readAddress(search: string): Address {
  const params = new URLSearchParams(search);
  const drawer = params.get('drawer');
  return {
    as: params.get('as'),
    channel: params.get('channel'),
    thread: params.get('thread'),
    tab: params.get('tab') === 'home' ? 'home' : 'messages',
    message: params.get('message'),
    drawer: drawer === 'connect' || drawer === 'wire' || drawer === 'faults' ? drawer : null,
  };
}

export function writeAddress(address: Address): string {
  const params = new URLSearchParams();
  if (address.as) params.set('as', address.as);
  if (address.channel) params.set('channel', address.channel);
  if (address.tab === 'home') params.set('tab', 'home');
  if (address.thread) params.set('thread', address.thread);
  if (address.drawer) params.set('drawer', address.drawer);
  const query = params.toString();
  return query === '' ? '?' : `?${query}`;
}

/** The channel and message of a permalink of this workspace (`/archives/C…/p<ts without its dot>`). */
export function readPermalink(url: URL): { channel: string; message: string } | null {
  const match = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  const [, channel, seconds, fraction] = match ?? [];
  return channel ? { channel, message: `${seconds}.${fraction}` } : null;
}
