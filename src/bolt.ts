/** Bolt's app with everything that Slack delivers registered on it. */

import { randomUUID } from 'node:crypto';
import { App, type CodedError, type Receiver } from '@slack/bolt';
import { registerCardButtons } from './actions/card-buttons.ts';
import { registerCheckOfferButtons } from './actions/check-offer-buttons.ts';
import { registerFileQuestionButtons } from './actions/file-question-buttons.ts';
import { registerFormButtons } from './actions/form-buttons.ts';
import { registerHomeButtons } from './actions/home-buttons.ts';
import { registerAddUserShortcut } from './commands/add-user-shortcut.ts';
import { registerAddUsersFromFile } from './commands/add-users-from-file.ts';
import { registerConnectAddUser } from './commands/connect-add-user.ts';
import type { Config } from './config/config.ts';
import { problem } from './errors/problem.ts';
import { registerAppHomeOpened } from './events/app-home-opened.ts';
import { registerMemberJoinedChannel } from './events/member-joined-channel.ts';
import { registerMentionsAndDirectMessages } from './events/mention-or-direct-message.ts';
import { registerLinks } from './links/link-listeners.ts';
import { registerAddFile } from './modals/add-file.ts';
import { registerAddUser } from './modals/add-user/form-listeners.ts';
import { registerChange } from './modals/change.ts';
import { registerCompare } from './modals/compare.ts';
import { registerDeny } from './modals/deny.ts';
import { registerGiveReason } from './modals/give-reason.ts';
import { registerRepair } from './modals/repair/register.ts';
import { registerReschedule } from './modals/reschedule.ts';
import { registerShowRows } from './modals/rows/show-rows.ts';
import { boltLevel, boltLogger } from './operations/bolt-log.ts';
import { createShowHome } from './requests/publish/publish-home.ts';
import { createOffers } from './requests/submit/permitted-instances.ts';
import type { Services } from './services.ts';
import { clientOptions } from './slack/client.ts';
import { createListeners, type Listeners } from './slack/listener-table.ts';
import type { HomeTeam } from './slack/people.ts';
import { waitingPerson } from './slack/waiting-person.ts';
import { registerWorkflowStep } from './workflow/listener.ts';

export function createBolt(
  config: Config,
  services: Services,
  receiver: Receiver,
  home: HomeTeam,
): App {
  const { log } = services;
  const authorized = {
    botToken: config.slack.botToken,
    botUserId: home.botUserId,
    teamId: home.teamId,
    ...(home.botId ? { botId: home.botId } : {}),
  };
  const app = new App({
    receiver,
    // The token was already verified (`auth.test`), so Bolt does not have to verify it for every delivery.
    authorize: () => Promise.resolve(authorized),
    clientOptions: clientOptions(config.slack, services.timing.slackCallMs),
    extendedErrorHandler: true,
    // The bot stores nothing about conversations; without this option Bolt would keep the state of each in memory.
    convoStore: false,
    logger: boltLogger(log),
    logLevel: boltLevel(log),
  });
  app.error(async ({ error, body }: { error: CodedError; body: unknown }) => {
    const reference = randomUUID().slice(0, 8);
    log.error({ err: error.original ?? error, reference }, 'a delivery failed');
    const place = waitingPerson(body);
    if (place) await services.sendEphemeral(place, problem('unexpected', { reference }));
  });
  registerListeners(createListeners(app), services);
  return app;
}

/** Registers everything that the bot answers to. */
export function registerListeners(listeners: Listeners, services: Services): void {
  const forms = { ...services, offers: createOffers(services) };
  const showHome = createShowHome(services);
  registerConnectAddUser(listeners, forms);
  registerAddUser(listeners, forms);
  registerFormButtons(listeners, forms);
  registerCardButtons(listeners, forms);
  registerHomeButtons(listeners, forms, showHome);
  registerDeny(listeners, services);
  registerChange(listeners, services);
  registerGiveReason(listeners, forms);
  registerShowRows(listeners, services);
  registerRepair(listeners, services);
  registerCompare(listeners, services);
  registerReschedule(listeners, services);
  registerAddFile(listeners, services);
  registerAddUsersFromFile(listeners, services);
  registerAddUserShortcut(listeners, forms);
  registerMentionsAndDirectMessages(listeners, services);
  registerCheckOfferButtons(listeners, services);
  registerLinks(listeners, services);
  registerWorkflowStep(listeners, services);
  registerFileQuestionButtons(listeners, services);
  registerAppHomeOpened(listeners, showHome);
  registerMemberJoinedChannel(listeners, services);
}
