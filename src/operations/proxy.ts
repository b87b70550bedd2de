/**
 * The proxy from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either case), for connections to Slack.
 * AWS's clients read it in connect/aws/http-handler.ts.
 */
import * as http from 'node:http';
import { EnvHttpProxyAgent } from 'undici';

type Environment = Readonly<Record<string, string | undefined>>;

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;

/** The proxy variables that are set; the lowercase spelling has precedence, as in curl. */
function settingsOf(env: Environment): Partial<Record<(typeof names)[number], string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name.toLowerCase()] || env[name];
      return value ? [[name, value]] : [];
    }),
  );
}

/** The proxy's address, without the name and password that it can contain; null without a proxy. */
export function proxyHost(env: Environment): string | null {
  const { HTTPS_PROXY, HTTP_PROXY } = settingsOf(env);
  const address = HTTPS_PROXY ?? HTTP_PROXY;
  return address === undefined ? null : (URL.parse(address)?.host ?? 'an address that is no URL');
}

/**
 * Makes `fetch`, and Node's own HTTP, use the proxy; Slack's Web API client calls `fetch`.
 *
 * @returns a function that undoes it, for tests
 * @throws when there is a proxy and this Node is too old to use one
 */
export function useEnvironmentProxy(env: Environment): () => void {
  if (proxyHost(env) === null) return () => {};
  if (typeof http.setGlobalProxyFromEnv !== 'function') {
    throw new Error(
      `HTTPS_PROXY is set, and Node ${process.version} cannot use it. Take Node 24.14 or newer.`,
    );
  }
  return http.setGlobalProxyFromEnv(settingsOf(env));
}

/** The dispatcher for Socket Mode's WebSockets; undefined without a proxy. */
export function socketDispatcher(env: Environment): EnvHttpProxyAgent | undefined {
  if (proxyHost(env) === null) return undefined;
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = settingsOf(env);
  return new EnvHttpProxyAgent({
    // Proxies that forward requests rarely forward an upgrade to a WebSocket; a tunnel transports any protocol.
    proxyTunnel: true,
    ...(HTTP_PROXY === undefined ? {} : { httpProxy: HTTP_PROXY }),
    ...(HTTPS_PROXY === undefined ? {} : { httpsProxy: HTTPS_PROXY }),
    ...(NO_PROXY === undefined ? {} : { noProxy: NO_PROXY }),
  });
}
