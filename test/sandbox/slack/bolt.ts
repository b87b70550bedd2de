/** A small real Bolt app for the sandbox, over either transport. */
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { bot } from '../../../sandbox/seed.ts';
import { until } from '../../until.ts';
import type { TestSandbox } from './harness.ts';

export type Transport = 'socket' | 'http';

export type Running = { app: App; stop: () => Promise<void> };

/** Starts a Bolt app on this transport, after `listen` has added its listeners. */
export async function startBolt(
  sandbox: TestSandbox,
  transport: Transport,
  listen: (app: App) => void,
): Promise<Running> {
  const clientOptions = {
    slackApiUrl: `${sandbox.url}/api/`,
    retryConfig: { retries: 0 },
    timeout: 5000,
  };
  const common = { token: bot.botToken, clientOptions, logLevel: LogLevel.ERROR };
  if (transport === 'socket') {
    const app = new App({ ...common, appToken: bot.appToken, socketMode: true });
    listen(app);
    await app.start();
    await until('a socket is open', () => sandbox.slack.delivery.sockets.count() > 0);
    return { app, stop: async () => void (await app.stop()) };
  }
  const receiver = new HTTPReceiver({
    signingSecret: bot.signingSecret,
    port: 0,
    logLevel: LogLevel.ERROR,
  });
  const app = new App({ ...common, receiver });
  listen(app);
  const server = await receiver.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const requestUrl = `http://127.0.0.1:${address.port}/slack/events`;
  await sandbox.call('POST', '/bot', { transport: 'http', requestUrl });
  return { app, stop: async () => void (await app.stop()) };
}
