/**
 * The contract: for every operation and every member that the model constrains, a value at the limit is accepted, and
 * a value one beyond is refused with an error that the operation models.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConnectSandbox, startConnect } from '../../../sandbox/connect/server.ts';
import {
  bindingOf,
  type Case,
  casesFor,
  globalInstance,
  type Input,
  model,
  place,
  toRequest,
} from './contract-cases.ts';
import {
  type Answer,
  agentProfile,
  ask,
  branch,
  newUser,
  production,
  signed,
} from './sandbox-client.ts';

let connectSandbox: ConnectSandbox;
/** Ids of resources that the sandbox's page does not list. */
const ids = { queue: '', agentStatus: '', group: '', sam: '' };
let filled = 0;
const fill = (shape: string) => model.shapes[shape]?.enum?.[0] ?? `${shape}-${filled++}`;
const german = { AttributeName: 'Language', AttributeValue: 'German', Level: 3 };

before(async () => {
  connectSandbox = await startConnect({
    port: 0,
    settings: { ratePerSecond: 1e6, burst: 1e6, usersQuota: 1e6 },
  });
  const inProduction = { InstanceId: production };
  const queues = await send('ListQueues', inProduction);
  ids.queue = queues.body.QueueSummaryList[0].Id;
  const statuses = await send('ListAgentStatuses', inProduction);
  ids.agentStatus = statuses.body.AgentStatusSummaryList[0].Id;
  const groups = await send('ListTrafficDistributionGroups', { InstanceId: globalInstance });
  ids.group = groups.body.TrafficDistributionGroupSummaryList[0].Id;
  ids.sam = connectSandbox.state().users.find(({ username }) => username === 'sam')?.id ?? '';
  await send('AssociateUserProficiencies', {
    ...inProduction,
    UserId: ids.sam,
    UserProficiencies: [german],
  });
});
after(() => connectSandbox.stop());

/**
 * Refusals that are based on documentation in addition to the model, where the model alone would accept the value.
 */
const stricter: { about: RegExp; type: string; text: RegExp }[] = [
  {
    about: /^\w+ InstanceId: (1|100) letters/,
    type: 'ResourceNotFoundException',
    text: /not found/,
  },
  {
    about: /^ListInstances NextToken: (1|2500) letters/,
    type: 'InvalidRequestException',
    text: /next token/,
  },
  { about: /NextToken: (1|2500) letters/, type: 'InvalidParameterException', text: /next token/ },
  {
    about: /^DescribePredefinedAttribute Name: (1|100) letters/,
    type: 'ResourceNotFoundException',
    text: /not found/,
  },
  {
    about: /^(Associate|Update)UserProficiencies .*AttributeName: (1|100) letters/,
    type: 'ResourceNotFoundException',
    text: /not found/,
  },
  {
    about: /^(Associate|Update)UserProficiencies .*AttributeValue: (1|100) letters/,
    type: 'InvalidParameterException',
    text: /no value/,
  },
  { about: /Username: 100 letters/, type: 'InvalidParameterException', text: /20 characters/ },
  {
    about:
      /(PhoneNumber|PersistentConnection|VoiceEnhancement)Configs\.0\.Channel: (CHAT|TASK|EMAIL)/,
    type: 'InvalidParameterException',
    text: /VOICE channel only/,
  },
];

for (const operation of Object.keys(model.operations)) {
  describe(operation, () => {
    let serial = 0;

    it('answers a plain request', async () => {
      const answer = await send(operation, baseFor(operation, [], serial++));
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    });

    for (const item of casesFor(operation, fill).filter((found) => canBeSent(operation, found))) {
      it(`${item.accepted ? 'takes' : 'refuses'} ${item.name}`, async () => {
        const base = baseFor(operation, item.path, serial++);
        const input = withRealProfiles(place(base, item.path, item.value));
        const answer = await send(operation, input);
        if (item.accepted) assertTaken(answer, `${operation} ${item.name}`);
        else assertRefused(operation, answer);
      });
    }
  });
}

it('covers all 44 operations and more than three hundred cases', () => {
  const operations = Object.keys(model.operations);
  assert.equal(operations.length, 44);
  const cases = operations.flatMap((name) => casesFor(name, fill));
  assert.ok(cases.length > 300, `only ${cases.length}`);
});

const errorStatus: Record<string, number> = {
  InvalidParameterException: 400,
  ResourceNotFoundException: 404,
};

function assertTaken(answer: Answer, about: string): void {
  const rule = stricter.find((candidate) => candidate.about.test(about));
  assert.equal(answer.status, rule ? errorStatus[rule.type] : 200, JSON.stringify(answer.body));
  if (!rule) return;
  assert.equal(answer.type, rule.type);
  assert.match(answer.body.Message, rule.text);
}

function assertRefused(operation: string, answer: Answer): void {
  const { errors = [] } = model.operations[operation] ?? {};
  assert.equal(answer.status, 400, JSON.stringify(answer.body));
  assert.ok(
    errors.some(({ shape }) => shape === answer.type),
    `${operation} does not model ${answer.type}`,
  );
  assert.match(answer.body.Message, /validation error|Required parameter missing|Invalid request/);
}

/**
 * Operations whose patterns do not accept EXAMPLE11111 as an instance id; they are called for a different instance,
 * in its Region.
 */
const ofTheGlobalInstance = /TrafficDistributionGroup|^SearchResourceTags$/;

const send = (operation: string, input: Input): Promise<Answer> =>
  ask(connectSandbox, {
    ...toRequest(operation, input),
    headers: ofTheGlobalInstance.test(operation) ? signed(new Date(), 'us-east-1') : {},
  });

/** Values in the path or the query are text, and a path segment is always present. */
function canBeSent(operation: string, { path, name }: Case): boolean {
  const binding = bindingOf(operation, path[0]);
  if (binding === undefined) return true;
  if (/instead of a (string|list)/.test(name)) return false;
  return !(binding === 'uri' && name.endsWith('left out'));
}

const channelConfigs = {
  AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true }],
  AfterContactWorkConfigs: [
    { Channel: 'VOICE', AfterContactWorkConfig: { AfterContactWorkTimeLimit: 60 } },
  ],
  PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+15555551212' }],
  PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: false }],
  VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NONE' }],
};

const phoneConfig = {
  PhoneType: 'DESK_PHONE',
  AutoAccept: true,
  AfterContactWorkTimeLimit: 60,
  DeskPhoneNumber: '+15555551212',
  PersistentConnection: true,
};

/** A request that is valid except for the value that a case sets. */
function baseFor(operation: string, path: Case['path'], serial: number): Input {
  const { users, hierarchyGroups, routingProfiles } = connectSandbox.state();
  const [member] = path;
  const user = users[serial % users.length];
  // A resource without tags, because a case can already use all 50 tags that are allowed.
  const untagged = `arn:aws:connect:us-west-2:123456789012:instance/${production}/routing-profile/${routingProfiles[serial % routingProfiles.length]?.id}`;
  switch (operation) {
    case 'ListInstances':
      return {};
    case 'CreateUser': {
      const username = `contract.${serial}`;
      // Names are optional only here, so only here can a name have the model's minimum length of 0.
      if (member === 'IdentityInfo') return inBranch(username);
      const phone = String(member).endsWith('Configs')
        ? channelConfigs
        : { PhoneConfig: phoneConfig };
      return newUser(username, phone);
    }
    case 'DeleteUser':
    case 'DescribeUser':
      return { InstanceId: production, UserId: user?.id };
    case 'DescribeSecurityProfile':
    case 'ListSecurityProfilePermissions':
      return { InstanceId: production, SecurityProfileId: agentProfile };
    case 'ListSecurityProfileApplications':
    case 'ListSecurityProfileAIAgents':
    case 'ListSecurityProfileFlowModules':
      return { InstanceId: production, SecurityProfileId: agentProfile };
    case 'DescribeRoutingProfile':
    case 'ListRoutingProfileQueues':
      return { InstanceId: production, RoutingProfileId: routingProfiles[0]?.id };
    case 'DescribeQueue':
      return { InstanceId: production, QueueId: ids.queue };
    case 'DescribeAgentStatus':
      return { InstanceId: production, AgentStatusId: ids.agentStatus };
    case 'DescribeInstanceAttribute':
      return { InstanceId: production, AttributeType: 'INBOUND_CALLS' };
    case 'DescribePredefinedAttribute':
      return { InstanceId: production, Name: 'Language' };
    case 'ListUserProficiencies':
      return { InstanceId: production, UserId: user?.id };
    case 'AssociateUserProficiencies':
    case 'UpdateUserProficiencies':
    case 'DisassociateUserProficiencies':
      return proficienciesOf(operation, users, serial);
    case 'ListTrafficDistributionGroups':
    case 'SearchResourceTags':
      return { InstanceId: globalInstance };
    case 'DescribeTrafficDistributionGroup':
    case 'ListTrafficDistributionGroupUsers':
      return { TrafficDistributionGroupId: ids.group };
    case 'AssociateTrafficDistributionGroupUser':
    case 'DisassociateTrafficDistributionGroupUser':
      return {
        TrafficDistributionGroupId: ids.group,
        InstanceId: globalInstance,
        UserId: connectSandbox.state('global').users[0]?.id,
      };
    case 'DescribeUserHierarchyGroup':
      return { InstanceId: production, HierarchyGroupId: hierarchyGroups[0]?.id };
    case 'TagResource':
      return { resourceArn: untagged, tags: { a: 'b' } };
    case 'UntagResource':
      return { resourceArn: untagged, tagKeys: ['a'] };
    case 'ListTagsForResource':
      return { resourceArn: untagged };
    default:
      return { InstanceId: production, ...criteriaFor(operation, path) };
  }
}

function proficienciesOf(operation: string, users: { id: string }[], serial: number): Input {
  const associated = operation !== 'UpdateUserProficiencies';
  return {
    InstanceId: production,
    // Sam's association is kept, so that a case can change it.
    UserId: associated ? users[serial % users.length]?.id : ids.sam,
    UserProficiencies: [german],
  };
}

/** Each search has its own field names. */
function criteriaFor(operation: string, path: Case['path']): Input {
  if (path[0] === 'SearchCriteria' && path[1] === 'ListCondition') {
    const StringCondition = { FieldName: 'AttributeName', Value: 'abc', ComparisonType: 'EXACT' };
    const Conditions = path.includes('StringCondition') ? [{ StringCondition }] : [];
    return { SearchCriteria: { ListCondition: { TargetListType: 'PROFICIENCIES', Conditions } } };
  }
  if (path[0] !== 'SearchCriteria' || path[1] !== 'StringCondition') return {};
  const FieldName = operation === 'SearchUsers' ? 'Username' : 'name';
  return {
    SearchCriteria: { StringCondition: { FieldName, Value: 'abc', ComparisonType: 'EXACT' } },
  };
}

/** A case fills lists with invented ids, but security profiles must exist. */
function withRealProfiles(input: Input): Input {
  const ids = input.SecurityProfileIds;
  if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string')) return input;
  const { securityProfiles } = connectSandbox.state(
    input.InstanceId === branch ? branch : production,
  );
  return { ...input, SecurityProfileIds: ids.map((_, index) => securityProfiles[index]?.id) };
}

function inBranch(username: string): Input {
  const { routingProfiles, securityProfiles } = connectSandbox.state('branch');
  return {
    InstanceId: branch,
    Username: username,
    SecurityProfileIds: [securityProfiles[0]?.id],
    RoutingProfileId: routingProfiles[0]?.id,
  };
}
