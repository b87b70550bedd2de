/** A browser as far as a sign-in needs one: it follows redirects, keeps cookies by host, and sends forms. */

export type Shown = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The address that it ended at. */
  readonly url: string;
};

export type Browser = {
  open(url: string): Promise<Shown>;
  /** Presses the one button of a page; `stay`: redirects are not followed. */
  press(page: Shown, origin?: string, options?: { readonly stay: boolean }): Promise<Shown>;
  /** Addresses that it came by, in order. */
  readonly visited: readonly string[];
};

/** @param hosts where an address really is: the proxy in front of it, so to speak */
export function openBrowser(hosts: Readonly<Record<string, () => string>>): Browser {
  const cookies = new Map<string, Map<string, string>>();
  const visited: string[] = [];

  async function go(
    method: 'GET' | 'POST',
    address: string,
    origin?: string,
    stay = false,
  ): Promise<Shown> {
    const url = new URL(address);
    visited.push(url.href);
    const jar = cookies.get(url.host) ?? new Map<string, string>();
    cookies.set(url.host, jar);
    const response = await fetch(
      `${hosts[url.origin]?.() ?? url.origin}${url.pathname}${url.search}`,
      {
        method,
        redirect: 'manual',
        headers: {
          ...(jar.size > 0 ? { cookie: [...jar].map((pair) => pair.join('=')).join('; ') } : {}),
          ...(origin === undefined ? {} : { origin }),
        },
      },
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    const next = response.headers.get('location');
    if (!stay && next !== null && response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return go('GET', new URL(next, url).href);
    }
    const { status, headers } = response;
    return { status, headers, text: await response.text(), url: url.href };
  }

  return {
    open: (url) => go('GET', url),
    press: (page, origin = new URL(page.url).origin, { stay } = { stay: false }) =>
      go('POST', page.url, origin, stay),
    visited,
  };
}
