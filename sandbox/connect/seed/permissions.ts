/**
 * Permission strings of security profiles.
 *
 * Documented in AWS's "List of security profile permissions" (read there): `Users.*`,
 * `RoutingPolicies.*`, `TransferDestinations.*`, `HoursOfOperation.*`, `Queues.*`, and
 * `BasicAgentAccess`, `OutboundCallAccess` (in AWS's own examples). All others are recalled, so a guess
 * in their spelling; `ManagerListenIn` stands for "may listen in on live calls".
 */
const each = (resource: string, ...verbs: readonly string[]) =>
  verbs.map((verb) => `${resource}.${verb}`);

const agentAccess = ['BasicAgentAccess', 'OutboundCallAccess'];
const quickConnectsForAgents = ['TransferDestinations.View'];

const agent: readonly string[] = [...agentAccess, ...quickConnectsForAgents];

const routing = [
  ...each('RoutingPolicies', 'Create', 'Edit', 'View'),
  ...each('TransferDestinations', 'Create', 'Delete', 'Edit', 'View'),
  ...each('HoursOfOperation', 'Create', 'Delete', 'Edit', 'View'),
  ...each('Queues', 'Create', 'Edit', 'EnableAndDisable', 'View'),
];

const numbersAndFlows = [
  ...each('PhoneNumbers', 'Claim', 'Edit', 'Release', 'View'),
  ...each('Prompts', 'Create', 'Delete', 'Edit', 'View'),
  ...each('ContactFlows', 'Create', 'Delete', 'Edit', 'Publish', 'View'),
  ...each('ContactFlowModules', 'Create', 'Delete', 'Edit', 'Publish', 'View'),
  ...each('TaskTemplates', 'Create', 'Delete', 'Edit', 'View'),
];

const users = each('Users', 'Create', 'Delete', 'Edit', 'EditPermission', 'View');

const usersAndPermissions = [
  ...users,
  ...each('SecurityProfiles', 'Create', 'Delete', 'Edit', 'View'),
  ...each('AgentGrouping', 'Create', 'Edit', 'EnableAndDisable', 'View'),
  ...each('AgentStates', 'Create', 'Edit', 'EnableAndDisable', 'View'),
];

const metrics = [
  'AccessMetrics',
  ...each('AccessMetrics', 'RealTimeMetrics.Access', 'HistoricalMetrics.Access'),
  ...each('AccessMetrics', 'AgentActivityAudit.Access', 'Dashboards.Access'),
  ...each('MetricsReports', 'Create', 'Delete', 'Edit', 'Publish', 'Schedule', 'View'),
  'AgentTimeCard.View',
  'LoginLogoutReport.View',
];

const listeningIn = ['ManagerListenIn', 'ManagerBargeIn'];

const contacts = [
  'ContactSearch.View',
  'ContactSearchWithCharacteristics.View',
  'ContactSearchWithKeywords.View',
  'ContactAttributes.View',
  'GraphTrends.View',
  'RealtimeContactLens.View',
];

const recordings = ['ListenCallRecordings', 'DownloadCallRecordings', 'DeleteCallRecordings'];

const quality = [
  ...each('Evaluation', 'Create', 'Delete', 'Edit', 'View'),
  ...each('EvaluationForms', 'Create', 'Delete', 'Edit', 'View'),
  ...each('Rules', 'Create', 'Delete', 'Edit', 'View'),
];

const admin: readonly string[] = [
  ...agent,
  ...routing,
  ...numbersAndFlows,
  ...usersAndPermissions,
  ...metrics,
  ...listeningIn,
  ...contacts,
  ...recordings,
  ...quality,
];

const callCenterManager: readonly string[] = [
  ...agent,
  ...routing,
  ...each('Users', 'Edit', 'View'),
  ...each('AgentGrouping', 'View'),
  ...each('AgentStates', 'View'),
  ...metrics,
  ...listeningIn,
  ...contacts,
];

const qualityAnalyst: readonly string[] = [
  ...agentAccess,
  ...metrics,
  ...listeningIn,
  ...contacts,
  'ListenCallRecordings',
  ...quality,
];

/** Leads a floor: hears calls, sees people, but adds nobody. */
const supervisor: readonly string[] = [
  ...agent,
  'AccessMetrics',
  ...each('AccessMetrics', 'RealTimeMetrics.Access', 'AgentActivityAudit.Access'),
  'Users.View',
  ...listeningIn,
  'ContactSearch.View',
  'ListenCallRecordings',
];

/** Adds people, and hears nobody. */
const userManager: readonly string[] = [
  ...agent,
  ...users,
  'RoutingPolicies.View',
  'SecurityProfiles.View',
  'AgentGrouping.View',
];

const taskAgent: readonly string[] = [...agent, 'TaskTemplates.View'];
const trainee: readonly string[] = ['BasicAgentAccess'];
const reporting: readonly string[] = metrics;
const flowDesigner: readonly string[] = [...numbersAndFlows, 'Queues.View'];

export const permissionSets = {
  admin,
  agent,
  callCenterManager,
  qualityAnalyst,
  supervisor,
  userManager,
  taskAgent,
  trainee,
  reporting,
  flowDesigner,
} as const;
