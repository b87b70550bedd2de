/** The Slack app's manifest for one transport, made from the project's own. Pure. */
import { parseDocument } from 'yaml';

export type ChosenTransport =
  | { readonly kind: 'socket' }
  /** Without an address: for creating an app before a bot exists that Slack could call. */
  | { readonly kind: 'http'; readonly url: string | null };

/** @param project the text of manifest.yml, which is for Socket Mode */
export function manifestFor(project: string, transport: ChosenTransport): string {
  if (transport.kind === 'socket') return project;
  const document = parseDocument(project);
  const { url } = transport;
  document.setIn(['settings', 'socket_mode_enabled'], false);
  if (url !== null) {
    document.setIn(['features', 'slash_commands', 0, 'url'], url);
    document.setIn(['settings', 'event_subscriptions', 'request_url'], url);
    document.setIn(['settings', 'interactivity', 'request_url'], url);
    // The options of the menus for profiles and groups.
    document.setIn(['settings', 'interactivity', 'message_menu_options_url'], url);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** The request URL that a manifest names; undefined with Socket Mode. */
export function requestUrlOf(manifest: string): string | undefined {
  const url: unknown = parseDocument(manifest).getIn(['settings', 'interactivity', 'request_url']);
  return typeof url === 'string' ? url : undefined;
}

/** The request URL of the bot, for a host or an address that the operator enters. */
export function requestUrl(typed: string): string | undefined {
  const url = URL.parse(/^https?:\/\//.test(typed) ? typed : `https://${typed}`);
  if (url?.protocol !== 'https:' || !url.hostname.includes('.')) return undefined;
  if (url.pathname === '/') url.pathname = '/slack/events';
  return url.href;
}

/** The public address of the bot's port; undefined with Socket Mode, and when the path differs from the bot's own. */
export function publicUrlOf(transport: ChosenTransport): string | undefined {
  if (transport.kind === 'socket' || !transport.url?.endsWith('/slack/events')) return undefined;
  return transport.url.slice(0, -'slack/events'.length);
}

/** Opens Slack's *Create an app* with the manifest filled in: https://docs.slack.dev/app-manifests */
export function createAppLink(manifest: string): string {
  const plain = manifest.replace(/^#.*\n/gm, '');
  return `https://api.slack.com/apps?new_app=1&manifest_yaml=${encodeURIComponent(plain)}`;
}
