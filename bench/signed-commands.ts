/** Sends slash commands over HTTP as Slack does: signed, form-urlencoded, many at a time. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { bot, team } from '../sandbox/seed.ts';
import { nowMs } from './measurement.ts';

export type SentCommand = {
  readonly triggerId: string;
  /** When sending began and when the acknowledgement arrived, in milliseconds of `nowMs`. */
  readonly sentAt: number;
  readonly acknowledgedAt: number;
};

export type CommandSource = {
  /** Sends `count` commands, `atATime` of them concurrently. Rejects when one is not answered with 200. */
  send(requestUrl: string, count: number): Promise<SentCommand[]>;
  close(): void;
};

/** @param people number of different people who send the commands in turn */
export function createCommandSource(options: { atATime: number; people: number }): CommandSource {
  const agent = new Agent({ keepAlive: true, maxSockets: options.atATime });
  let number = 0;
  const sendOne = (requestUrl: string): Promise<SentCommand> => {
    const triggerId = `trigger.${number}`;
    const body = commandBody(triggerId, `U0PERSON${number % options.people}`);
    number += 1;
    const headers = { ...signature(body), 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sentAt = nowMs();
      const call = request(requestUrl, { method: 'POST', agent, headers }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve({ triggerId, sentAt, acknowledgedAt: nowMs() });
          else reject(new Error(`a command was answered ${response.statusCode}`));
        });
      });
      call.on('error', reject).end(body);
    });
  };
  return {
    async send(requestUrl, count) {
      const sent: SentCommand[] = [];
      let begun = 0;
      const lane = async () => {
        while (begun < count) {
          begun += 1;
          sent.push(await sendOne(requestUrl));
        }
      };
      await Promise.all(Array.from({ length: options.atATime }, lane));
      return sent;
    },
    close: () => agent.destroy(),
  };
}

function commandBody(triggerId: string, userId: string): string {
  return new URLSearchParams({
    token: 'verification-token',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: 'C0REQUESTS',
    channel_name: 'agent-requests',
    user_id: userId,
    user_name: userId.toLowerCase(),
    command: '/connect-add-user',
    text: '',
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/response',
    trigger_id: triggerId,
  }).toString();
}

function signature(body: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', bot.signingSecret).update(`v0:${timestamp}:${body}`);
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${digest.digest('hex')}`,
  };
}
