/**
 * Compares manifest.yml with Slack's limits and with the methods and events that the code uses: no scope is missing,
 * and none is unnecessary.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { scopeUses } from '../src/slack/conversations/check-scopes.ts';
import { parseStepRun, stepCallback } from '../src/workflow/step-event.ts';

const shortcut = z.object({
  name: z.string(),
  type: z.enum(['message', 'global']),
  callback_id: z.string(),
  description: z.string(),
});

const manifest = z
  .object({
    display_information: z.object({
      name: z.string(),
      description: z.string(),
      long_description: z.string(),
      background_color: z.string(),
    }),
    features: z.object({
      app_home: z.object({
        home_tab_enabled: z.boolean(),
        messages_tab_enabled: z.boolean(),
        messages_tab_read_only_enabled: z.boolean(),
      }),
      bot_user: z.object({ display_name: z.string(), always_online: z.boolean() }),
      slash_commands: z.array(
        z.object({
          command: z.string(),
          description: z.string(),
          usage_hint: z.string().optional(),
          should_escape: z.boolean(),
          url: z.string().optional(),
        }),
      ),
      shortcuts: z.array(shortcut).default([]),
    }),
    oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({
        bot_events: z.array(z.string()),
        request_url: z.string().optional(),
      }),
      interactivity: z.object({
        is_enabled: z.boolean(),
        request_url: z.string().optional(),
        message_menu_options_url: z.string().optional(),
      }),
      socket_mode_enabled: z.boolean(),
      org_deploy_enabled: z.boolean(),
      token_rotation_enabled: z.boolean(),
    }),
  })
  .parse(parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8')));

// src/connect has the client of a different service.
const code = globSync('src/**/*.ts')
  .filter((file) => !file.startsWith('src/connect/'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

const found = (pattern: RegExp) =>
  [...new Set([...code.matchAll(pattern)].map(([, it = '']) => it))].sort();

/**
 * The scopes that Slack requires for each method (see "Required scopes" on the method's page). Where they depend on
 * the kind of conversation, these are the scopes for a public or private channel with cards and for direct messages
 * to requesters.
 */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  // Only direct messages are listed, because the bot has the ids of its channels from the policy.
  'conversations.list': ['im:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.join': ['channels:join'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'reactions.add': ['reactions:write'],
  'team.info': ['team:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'blocks.validate': [],
  'functions.completeError': [],
  'functions.completeSuccess': [],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/**
 * The scopes that Slack requires for each event (see the event's page). `message` represents the kinds of messages in
 * the manifest.
 */
const scopesOfEvent: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  file_shared: ['files:read'],
  // Private channels require groups:read as well (docs: member_joined_channel).
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  user_change: ['users:read'],
};

const methods = [
  ...found(/\bclient\s*\.((?:[a-z]\w*\s*\.\s*){1,2}[a-z]\w*)\(/gi),
  ...found(/\bapiCall\(\s*'([\w.]+)'/g),
].map((method) => method.replace(/\s/g, ''));

/** Methods that Bolt and the SDK call internally. */
const called = code.includes('filesUploadV2')
  ? [...methods, 'files.getUploadURLExternal', 'files.completeUploadExternal']
  : methods;

describe('manifest.workflow.yml', () => {
  const read = (name: string): Record<string, Record<string, unknown>> =>
    parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

  test('is manifest.yml with the custom step, and what such a step needs', () => {
    const { functions, settings, ...rest } = read('manifest.workflow.yml');
    const { settings: plain, ...same } = read('manifest.yml');
    assert.deepEqual(rest, same);
    const events = settings?.event_subscriptions as { bot_events: string[] };
    assert.deepEqual(
      {
        ...settings,
        event_subscriptions: {
          bot_events: events.bot_events.filter((event) => event !== 'function_executed'),
        },
      },
      { ...plain, org_deploy_enabled: true, function_runtime: 'remote' },
    );
    assert.ok(events.bot_events.includes('function_executed'));
    assert.deepEqual(Object.keys(functions ?? {}), [stepCallback]);
  });

  test('has an input for everything that the step reads, and the person whom Slack fills in', () => {
    const { functions } = read('manifest.workflow.yml');
    const step = functions?.[stepCallback] as {
      input_parameters: { properties: Record<string, { type: string }> };
    };
    const { requester, ...typed } = step.input_parameters.properties;
    assert.equal(requester?.type, 'slack#/types/user_context');
    const inputs = Object.fromEntries(Object.keys(typed).map((name) => [name, `a ${name}`]));
    const run = parseStepRun({
      type: 'function_executed',
      function: { callback_id: stepCallback },
      function_execution_id: 'Fx1',
      inputs: { ...inputs, requester: { id: 'U0TARA', secret: 'x' } },
    });
    const said = JSON.stringify(run);
    for (const name of Object.keys(typed)) assert.ok(said.includes(`"a ${name}"`), name);
    assert.equal(run?.requesterId, 'U0TARA');
  });
});

describe('manifest.yml', () => {
  test('keeps to the lengths of the schema', () => {
    const { name, description, long_description, background_color } = manifest.display_information;
    assert.ok(name.length <= 35);
    assert.ok(description.length <= 140);
    assert.ok(long_description.length >= 175 && long_description.length <= 4000);
    assert.match(background_color, /^#[0-9a-f]{6}$/i);
    assert.ok(manifest.features.bot_user.display_name.length <= 80);
    for (const { command, description: what, usage_hint } of manifest.features.slash_commands) {
      assert.match(command, /^\/[a-z0-9_-]{1,31}$/);
      assert.ok(what.length <= 2000 && (usage_hint ?? '').length <= 1000);
    }
    assert.ok(manifest.features.shortcuts.length <= 10);
    for (const shortcut of manifest.features.shortcuts) {
      assert.ok(
        shortcut.name.length <= 24 &&
          shortcut.callback_id.length <= 255 &&
          shortcut.description.length <= 150,
      );
    }
    assert.ok(manifest.settings.event_subscriptions.bot_events.length <= 100);
  });

  test('requires exactly the scopes that the calls, events and commands in src/ need', () => {
    const unknown = called.filter((method) => !(method in scopesOf));
    assert.deepEqual(unknown, [], 'write the scopes of these methods into this test');
    const strange = manifest.settings.event_subscriptions.bot_events.filter(
      (event) => !(event in scopesOfEvent),
    );
    assert.deepEqual(strange, [], 'write the scopes of these events into this test');
    const needed = new Set([
      ...called.flatMap((method) => scopesOf[method] ?? []),
      ...manifest.settings.event_subscriptions.bot_events.flatMap(
        (event) => scopesOfEvent[event] ?? [],
      ),
      ...(manifest.features.slash_commands.length + manifest.features.shortcuts.length > 0
        ? ['commands']
        : []),
      // Without this scope, users.info omits the email address that identifies the person in Connect.
      ...(/profile\??\.email/.test(code) ? ['users:read.email'] : []),
    ]);
    assert.deepEqual([...manifest.oauth_config.scopes.bot].sort(), [...needed].sort());
    assert.deepEqual(Object.keys(scopeUses).sort(), [...needed].sort());
  });

  test('finds the calls that it compares with the scopes', () => {
    for (const method of ['chat.postMessage', 'usergroups.users.list', 'views.open', 'auth.test']) {
      assert.ok(called.includes(method), method);
    }
  });

  test('subscribes to exactly the events that src/events listens to', () => {
    const listened = found(/\blisteners\.event(?:<[^>]*>)?\(\s*'([\w.]+)'/g);
    const messages = listened.includes('message');
    const subscribed = manifest.settings.event_subscriptions.bot_events;
    const kinds = subscribed.filter((event) => event.startsWith('message.'));
    assert.equal(messages, kinds.length > 0, 'message.* events and a listener for them');
    const others = subscribed.filter((event) => !event.startsWith('message.')).sort();
    // Slack sends this event only for workflows.
    const own = listened.filter((event) => event !== 'message' && event !== 'function_executed');
    assert.deepEqual(others, own.sort());
    assert.ok(listened.includes('app_home_opened'));
  });

  test('names exactly the commands and shortcuts that src/ answers', () => {
    const constants = new Map(
      [...code.matchAll(/\bconst (\w+) = '([^']+)'/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const named = (pattern: RegExp) =>
      found(pattern).map((literal) =>
        literal.startsWith("'") ? literal.slice(1, -1) : (constants.get(literal) ?? literal),
      );
    const commands = named(/\blisteners\.command(?:<[^>]*>)?\(\s*('[^']+'|\w+)/g);
    assert.deepEqual(
      manifest.features.slash_commands.map((command) => command.command).sort(),
      commands,
    );
    const shortcuts = named(/\blisteners\.(?:message|global)Shortcut\(\s*('[^']+'|\w+)/g).sort();
    assert.deepEqual(
      manifest.features.shortcuts.map((shortcut) => shortcut.callback_id).sort(),
      shortcuts,
    );
  });

  test('lets people write to the bot, press its buttons and open its Home', () => {
    const { app_home } = manifest.features;
    assert.equal(app_home.home_tab_enabled, true);
    assert.equal(app_home.messages_tab_enabled, true);
    assert.equal(app_home.messages_tab_read_only_enabled, false);
    assert.equal(manifest.settings.interactivity.is_enabled, true);
  });

  test('leaves addresses out, as Socket Mode has none', () => {
    const { settings, features } = manifest;
    assert.equal(settings.socket_mode_enabled, true);
    assert.equal(settings.event_subscriptions.request_url, undefined);
    assert.equal(settings.interactivity.request_url, undefined);
    assert.equal(settings.interactivity.message_menu_options_url, undefined);
    assert.ok(features.slash_commands.every((command) => command.url === undefined));
  });

  test('does not have Slack rewrite what people type behind the command', () => {
    assert.ok(manifest.features.slash_commands.every((command) => !command.should_escape));
  });

  test('quotes its scopes, which hold colons', () => {
    const text = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
    for (const scope of manifest.oauth_config.scopes.bot)
      assert.ok(text.includes(`- "${scope}"`), scope);
  });
});
