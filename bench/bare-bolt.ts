/**
 * The baseline for the bot: the smallest Bolt app that answers the same command with a byte-for-byte identical,
 * constant modal. It uses no directory of people, no Connect and no database.
 *
 * Runs as its own process: the environment variable `VIEW` holds the modal as JSON, and the process prints its port.
 */
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';

const { SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '', SLACK_API_URL = '' } = process.env;
const view = JSON.parse(process.env.VIEW ?? '{}') as ModalView;

const receiver = new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET, logLevel: LogLevel.WARN });
const app = new App({
  receiver,
  token: SLACK_BOT_TOKEN,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: LogLevel.WARN,
});

app.command('/connect-add-user', async ({ ack, payload, client }) => {
  await ack();
  await client.views.open({ trigger_id: payload.trigger_id, view });
});

const server = await receiver.start(0);
const address = server.address();
console.log(JSON.stringify({ msg: 'ready', port: typeof address === 'object' && address?.port }));
