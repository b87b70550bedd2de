/** A sandbox for tests, with its own manifest and no Amazon Connect. */
import type { ConnectState } from '../../../sandbox/api/connect.ts';
import type { ConnectSide } from '../../../sandbox/calls.ts';
import { bot } from '../../../sandbox/seed.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/server.ts';

export const testManifest = {
  functions: {
    ask_somebody: {
      title: 'Ask somebody',
      input_parameters: {
        properties: {
          question: { type: 'string', title: 'What to ask' },
          asker: { type: 'slack#/types/user_context' },
        },
        required: ['question', 'asker'],
      },
      output_parameters: { properties: { answer: { type: 'string' } }, required: ['answer'] },
    },
  },
  display_information: { name: 'Test App' },
  features: {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    },
    bot_user: { display_name: 'Test App' },
    slash_commands: [{ command: '/ask', description: 'Ask', usage_hint: '[what]' }],
    shortcuts: [
      { name: 'Use file', type: 'message', callback_id: 'use_file', description: 'Use it' },
      { name: 'Anywhere', type: 'global', callback_id: 'anywhere', description: 'Begin' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'users:read',
        'users:read.email',
        'usergroups:read',
        'im:write',
        'im:history',
        'im:read',
        'channels:history',
        'groups:history',
        'channels:read',
        'groups:read',
        'channels:join',
        'files:read',
        'files:write',
        'reactions:write',
        'app_mentions:read',
      ],
    },
  },
  settings: {
    org_deploy_enabled: true,
    function_runtime: 'remote',
    interactivity: { is_enabled: true },
    event_subscriptions: {
      bot_events: [
        'message.channels',
        'message.groups',
        'message.im',
        'app_mention',
        'app_home_opened',
        'file_shared',
        'function_executed',
        'member_joined_channel',
      ],
    },
  },
};

/** The test manifest with other scopes or events. */
export function manifestWith(change: { scopes?: string[]; events?: string[] }) {
  const { oauth_config: oauth, settings } = testManifest;
  return {
    ...testManifest,
    oauth_config: { scopes: { bot: change.scopes ?? oauth.scopes.bot } },
    settings: {
      ...settings,
      event_subscriptions: { bot_events: change.events ?? settings.event_subscriptions.bot_events },
    },
  };
}

const nowhere: ConnectState = {
  instance: {
    id: 'none',
    alias: 'none',
    arn: 'none',
    account: 'none',
    region: 'none',
    identity: 'SAML',
  },
  settings: {
    ratePerSecond: 2,
    burst: 5,
    latencyMs: 0,
    searchLagMs: 0,
    usersQuota: 500,
    othersPerSecond: 0,
  },
  bucket: [],
  users: [],
  routingProfiles: [],
  securityProfiles: [],
  hierarchyGroups: [],
};

const noConnect: ConnectSide = {
  url: 'http://127.0.0.1:9',
  settings: () => nowhere.settings,
  configure: () => nowhere.settings,
  instances: () => [nowhere.instance],
  state: () => nowhere,
  changeProfile: () => {},
  addFault: ({ times = 1, ...spec }) => ({ id: 'connect-1', times, used: 0, ...spec }),
  faults: () => [],
  removeFault: () => false,
  clearFaults: () => {},
};

export type TestSandbox = Sandbox & {
  /** A call under `/sandbox`; throws with the problem's text unless the status is 2xx. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The same call, which never throws. */
  attempt(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  /** A Web API call with the bot's token. */
  api(method: string, args?: Record<string, unknown>, token?: string): Promise<Answer>;
};

/** A response parsed from JSON, for tests that read many shapes; a missing member fails the test. */
export type Answer = ReturnType<typeof JSON.parse>;

export async function startTestSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<TestSandbox> {
  const sandbox = await startSandbox({
    port: 0,
    connect: noConnect,
    manifest: testManifest,
    ...options,
  });
  async function attempt(method: string, path: string, body?: unknown) {
    const response = await fetch(`${sandbox.url}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  }
  return {
    ...sandbox,
    attempt,
    async call(method, path, body) {
      const answer = await attempt(method, path, body);
      if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    async api(method, args = {}, token = bot.botToken) {
      const response = await fetch(`${sandbox.url}/api/${method}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(args),
      });
      return (await response.json()) as Answer;
    },
  };
}
