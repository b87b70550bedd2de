/** Connections to AWS: direct, or through the proxy that the environment names. */
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { NodeHttpHandlerOptions } from '@smithy/types';

export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** The variables that every tool reads; Node supports either case. */
const proxyVariables = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** The number of simultaneous connections that the SDK would use by default. */
const mostSockets = 50;

/**
 * The connection handler for the SDK's clients and credential providers. The SDK itself ignores `HTTPS_PROXY`. Node's
 * agents read it, including `NO_PROXY`, with the option `proxyEnv` (Node 24.5 and newer):
 * https://nodejs.org/api/http.html#built-in-proxy-support
 *
 * @param options times in milliseconds; `keepAlive`: whether a connection serves more than one call
 */
export function requestHandler(
  options: { readonly connectMs: number; readonly answerMs: number; readonly keepAlive: boolean },
  env: ProxyEnvironment = process.env,
): NodeHttpHandlerOptions {
  const { connectMs, answerMs, keepAlive } = options;
  const agent = { keepAlive, maxSockets: mostSockets, ...proxyOf(env) };
  return {
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    socketTimeout: answerMs,
    // Without this option the SDK only writes a warning and continues waiting.
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent(agent),
  };
}

function proxyOf(env: ProxyEnvironment): Pick<AgentOptions, 'proxyEnv'> {
  const set = proxyVariables.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  return set.length > 0 ? { proxyEnv: Object.fromEntries(set) } : {};
}
