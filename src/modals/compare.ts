/** "Compare": shows approvers the requested users next to the most similar existing users. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Colleague, DirectorySnapshot } from '../connect/directory.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import { explain, type Problem, problem } from '../errors/problem.ts';
import { cardActions, parseButtonValue } from '../messages/card-actions.ts';
import { bold, code, dots, type Inline, lines } from '../messages/rich-text.ts';
import { accessLines } from '../messages/user-summary.ts';
import { type DecisionRights, readDecisionRights } from '../requests/decide/decision-rights.ts';
import { instancesToDecide } from '../requests/overview/read-overview.ts';
import { readUserKinds, type UserKind } from '../requests/store/files-store.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { count } from '../text/durations.ts';
import { requestNumber } from '../text/request-number.ts';
import { fullName } from '../users/full-name.ts';
import { mostSimilar, type Similar } from '../users/similar-users.ts';
import { noticeView, plain } from './blocks.ts';
import { changeButton } from './change.ts';
import { openForClick } from './open-view.ts';
import { decisionRightsBlocks } from './warnings.ts';

/**
 * Different kinds of users of one request that are compared: the rarest ones, because the others are the usual ones.
 */
const kindsShown = 5;
const similarShown = 3;
/** The person who clicked is waiting, and can click again. */
const colleaguesWithinMs = 8_000;

type Click = BlockAction<ButtonAction>;

export function registerCompare(listeners: Listeners, services: Services): void {
  listeners.action<Click>(cardActions.compare, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const { requestId } = value;
    const title = `Compare ${requestNumber(requestId)}`;
    await openForClick(services, client, body, {
      title,
      meanwhile: 'One moment. Reading the users of this instance…',
      async load() {
        const compared = await compare(services, requestId, body.user.id);
        return 'code' in compared
          ? noticeView(title, [explain(compared)])
          : comparedView(title, compared);
      },
    });
  });
}

/** The comparison, for a person who may decide. */
export type Compared = {
  readonly request: Pick<RequestRecord, 'id'>;
  readonly kinds: readonly UserKind[];
  /** How many more kinds there are. */
  readonly others: number;
  readonly colleagues: readonly Colleague[];
  readonly snapshot: DirectorySnapshot;
  /** Why the person can decide; null when nothing is left to decide. */
  readonly rights: DecisionRights | null;
};

/** Users of an instance are shown only to people who may decide in it, which is checked again now. */
async function compare(
  services: Services,
  requestId: number,
  personId: string,
): Promise<Compared | Problem> {
  const request = await readRequest(services.db, requestId);
  const instanceClient = request && services.instanceClients.get(request.instance);
  if (!request || !instanceClient) return problem('request.unknown');
  const decidesIn = await instancesToDecide(services, personId, { fresh: true });
  const { instance } = request;
  if (!decidesIn.includes(instance)) return problem('compare.not-allowed', { instance });
  try {
    const [snapshot, colleagues, kinds, rights] = await Promise.all([
      instanceClient.directory.get(),
      instanceClient.directory.colleagues({ withinMs: colleaguesWithinMs }),
      readUserKinds(services.db, requestId, kindsShown),
      readDecisionRights(services, requestId, personId),
    ]);
    if (!colleagues) return problem('compare.unavailable');
    const others = Number(kinds[0]?.kinds ?? 0) - kinds.length;
    return { request, kinds, others, colleagues, snapshot, rights };
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return problem('compare.unavailable');
  }
}

export function comparedView(title: string, compared: Compared): ModalView {
  const { request, kinds, others, colleagues, snapshot, rights } = compared;
  const blocks = kinds.flatMap((kind, index): KnownBlock[] => {
    const { user, users } = kind;
    const rest = users > 1 ? [` and ${count(users - 1, 'other')} with the same access`] : [];
    const similar = mostSimilar(user, colleagues, similarShown);
    return [
      ...(index > 0 ? [{ type: 'divider' as const }] : []),
      lines(`asked_${index}`, [
        [bold(fullName(user)), ' (', code(user.username), ')', ...rest],
        ...accessLines(user),
      ]),
      lines(`similar_${index}`, [
        [bold(similar.length > 0 ? 'Most similar existing users' : 'There are no users yet.')],
        ...similar.map((similarUser) => similarLine(similarUser, snapshot)),
      ]),
    ];
  });
  const more: KnownBlock[] =
    others > 0
      ? [lines('more', [[`And ${others} more combinations, which are more common.`]])]
      : [];
  return {
    type: 'modal',
    callback_id: 'compare',
    title: plain(title),
    close: plain('Close'),
    blocks: [
      ...decisionRightsBlocks(rights),
      ...blocks,
      ...more,
      ...(rights?.mayDeny ? [changeButton(request.id)] : []),
    ],
  };
}

/**
 * "Ann Ames (`aames`): also Supervisor · routing profile Tier 2 · group North / Sales": the differences of an
 * existing user.
 */
function similarLine(similarUser: Similar, snapshot: DirectorySnapshot): Inline[] {
  const profile = (id: string) => snapshot.securityProfileById(id)?.name ?? id;
  const { routingProfileId: routing, hierarchyGroupId: group } = similarUser;
  const parts = dots([
    similarUser.added.length > 0 ? `without ${similarUser.added.map(profile).join(', ')}` : null,
    similarUser.missing.length > 0 ? `also ${similarUser.missing.map(profile).join(', ')}` : null,
    routing === undefined
      ? null
      : routing === null
        ? 'no routing profile'
        : `routing profile ${snapshot.routingProfileById(routing)?.name ?? routing}`,
    group === undefined
      ? null
      : group === null
        ? 'no group'
        : `group ${snapshot.hierarchyGroupById(group)?.path.join(' / ') ?? group}`,
  ]);
  return [
    bold(similarUser.name),
    ' (',
    code(similarUser.username),
    '): ',
    ...(parts.length > 0 ? parts : ['the same access, routing profile and group']),
  ];
}
