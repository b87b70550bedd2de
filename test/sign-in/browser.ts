/** The parts of a browser that a sign-in requires: it follows redirects, keeps cookies by host, and submits forms. */

export type Shown = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The final address. */
  readonly url: string;
};

export type Browser = {
  open(url: string): Promise<Shown>;
  /** Presses the only button of a page; with `stay`, redirects are not followed. */
  press(page: Shown, origin?: string, options?: { readonly stay: boolean }): Promise<Shown>;
  /** The visited addresses, in order. */
  readonly visited: readonly string[];
};

/** @param hosts the real address of each host, as a reverse proxy would have it */
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
