/** The app as its manifest defines it: scopes, event subscriptions, commands and shortcuts. */
import type { ShortcutInfo, SlashCommandInfo } from '../api/workspace.ts';
import { isObject, listOf, objectOf, textOf } from './json.ts';

export type FunctionParameter = {
  name: string;
  type: string;
  title: string;
  description: string;
  required: boolean;
};

/** A custom step for Workflow Builder. */
export type FunctionInfo = {
  callbackId: string;
  title: string;
  description: string;
  inputs: readonly FunctionParameter[];
  outputs: readonly FunctionParameter[];
};

export type InstalledApp = {
  name: string;
  botName: string;
  scopes: ReadonlySet<string>;
  events: ReadonlySet<string>;
  commands: readonly (SlashCommandInfo & { escape: boolean })[];
  shortcuts: readonly ShortcutInfo[];
  /**
   * A custom step runs only when the app is enabled for organization-wide deployment and its function runtime is
   * remote (docs: custom steps).
   */
  functions: readonly FunctionInfo[];
  interactive: boolean;
  homeTab: boolean;
  /** Whether people can send messages to the app: the messages tab is enabled and not read-only. */
  messagesTab: boolean;
};

/** Reads a parsed manifest; missing features are not installed, as in Slack. */
export function installApp(manifest: unknown): InstalledApp {
  const root = objectOf(manifest);
  const features = objectOf(root.features);
  const settings = objectOf(root.settings);
  const scopes = objectOf(objectOf(root.oauth_config).scopes);
  const home = objectOf(features.app_home);
  const name = textOf(objectOf(root.display_information).name) ?? 'App';
  return {
    name,
    botName: textOf(objectOf(features.bot_user).display_name) ?? name,
    scopes: new Set(strings(scopes.bot)),
    events: new Set(strings(objectOf(settings.event_subscriptions).bot_events)),
    commands: listOf(features.slash_commands)
      .filter(isObject)
      .map((command) => ({
        command: textOf(command.command) ?? '',
        description: textOf(command.description) ?? '',
        usageHint: textOf(command.usage_hint) ?? '',
        escape: command.should_escape === true,
      })),
    shortcuts: listOf(features.shortcuts)
      .filter(isObject)
      .map((shortcut) => ({
        name: textOf(shortcut.name) ?? '',
        callbackId: textOf(shortcut.callback_id) ?? '',
        type: shortcut.type === 'message' ? 'message' : 'global',
        description: textOf(shortcut.description) ?? '',
      })),
    functions:
      settings.org_deploy_enabled === true && settings.function_runtime === 'remote'
        ? Object.entries(objectOf(root.functions)).map(([callbackId, value]) => ({
            callbackId,
            title: textOf(objectOf(value).title) ?? '',
            description: textOf(objectOf(value).description) ?? '',
            inputs: parameters(objectOf(value).input_parameters),
            outputs: parameters(objectOf(value).output_parameters),
          }))
        : [],
    interactive: objectOf(settings.interactivity).is_enabled === true,
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled === true && home.messages_tab_read_only_enabled !== true,
  };
}

/** Both of Slack's formats: by name, or `properties` with `required`. */
function parameters(value: unknown): FunctionParameter[] {
  const given = objectOf(value);
  const isListed = isObject(given.properties);
  const required = strings(given.required);
  return Object.entries(isListed ? objectOf(given.properties) : given).map(([name, parameter]) => ({
    name,
    type: textOf(objectOf(parameter).type) ?? 'string',
    title: textOf(objectOf(parameter).title) ?? name,
    description: textOf(objectOf(parameter).description) ?? '',
    required: isListed ? required.includes(name) : objectOf(parameter).is_required === true,
  }));
}

function strings(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}
