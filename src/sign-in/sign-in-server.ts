/** Serves the pages of sign-ins: on the port of the request URL with HTTP, on a separate port with Socket Mode. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { keepConnectionsWithin } from '../http/connection-limits.ts';
import { closeNow, listenOn } from '../http/listen.ts';
import type { Services } from '../services.ts';
import { createProvider } from './provider.ts';
import { signInRoutes } from './serve-pages.ts';

/** Anybody on the internet can open connections without sending anything. */
const mostConnections = 100;

export type SignInServer = {
  readonly pages: Readonly<Record<string, RequestListener>>;
  /**
   * Listens if no other server does; returns the port, or null without an identity provider. Rejects when the port is
   * taken.
   *
   * @param httpPort the port of the HTTP transport; null with Socket Mode
   */
  listen(httpPort: number | null): Promise<number | null>;
  stop(): Promise<void>;
};

export function createSignInServer(services: Services): SignInServer {
  const { config, now } = services;
  const { signIn } = config;
  const pages = signIn
    ? signInRoutes({ services, config: signIn, provider: createProvider(signIn, now) })
    : {};
  let server: Server | undefined;
  return {
    pages,
    async listen(httpPort) {
      if (!signIn || httpPort !== null) return signIn ? httpPort : null;
      server = serverOf(pages);
      return listenOn(server, signIn.listen);
    },
    async stop() {
      if (server?.listening) await closeNow(server);
    },
  };
}

function serverOf(pages: SignInServer['pages']): Server {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
      if (page) return page(request, response);
      response.writeHead(404, { 'content-length': 0 }).end();
    },
  );
  keepConnectionsWithin(server, mostConnections);
  return server;
}
