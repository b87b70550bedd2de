/** Addresses to which the bot sends credentials. */

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Why the address may not be used, or undefined. Plain http is allowed only for a test server on this machine;
 * elsewhere it would reveal the token, or the password of a new user, to the network.
 */
export function addressTrouble(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'is not an https:// address';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.search !== '' || url.hash !== '') return 'must not hold anything after ? or #';
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
    return `must be https: what the bot sends to ${url.hostname} holds secrets, and http lets everybody on the way read them (http is taken for this machine only)`;
  }
  return undefined;
}

/** Why events may not be sent to this address, or undefined. The query string can contain the receiver's own key. */
export function webhookTrouble(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url) return 'is not an https:// address';
  url.search = '';
  return addressTrouble(url.href);
}

/** Why people may not be sent to this address to sign in, or undefined. */
export function linkTrouble(text: string): string | undefined {
  const url = URL.parse(text);
  const safe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  return safe ? undefined : 'must be an https:// address';
}

/** The same address with a slash at its end, so that relative paths are resolved below it. */
export function withSlash(text: string): string {
  return text.endsWith('/') ? text : `${text}/`;
}
