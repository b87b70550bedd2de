/**
 * Permission strings of security profiles, spelt as in AWS's "List of security profile permissions"
 * (Amazon Connect administrator guide). Which of them AWS's own four profiles hold is a guess, except that
 * Admin may do everything, and so lacks those that restrict. `ManagerListenIn` is "Real-time contact monitoring": listening in on live calls.
 */
const each = (resource: string, ...verbs: readonly string[]) =>
  verbs.map((verb) => `${resource}.${verb}`);
const all = (...resources: readonly string[]) =>
  resources.flatMap((resource) => each(resource, 'Create', 'Delete', 'Edit', 'View'));

const agentAccess = ['BasicAgentAccess', 'OutboundCallAccess'];

const agent: readonly string[] = [
  ...agentAccess,
  'TransferDestinations.View',
  'AudioDeviceSettings.Access',
  'MyContacts.View',
];

const routing = [
  ...each('RoutingPolicies', 'Create', 'Edit', 'View'),
  ...all('TransferDestinations', 'HoursOfOperation', 'TaskTemplates', 'PredefinedAttributes'),
  ...each('Queues', 'Create', 'Edit', 'EnableAndDisable', 'View'),
];

const channelsAndFlows = [
  ...all('Prompts', 'ContactFlows', 'ContactFlowModules', 'Bots'),
  ...each('ContactFlows', 'Publish'),
  ...each('ContactFlowModules', 'Publish'),
  ...each('PhoneNumbers', 'Claim', 'Edit', 'Release', 'View'),
  ...each('Views', 'Create', 'Edit', 'Remove', 'View'),
  'ChatTestMode',
];

const users = [...all('Users'), 'Users.EditPermission'];

const usersAndPermissions = [
  ...users,
  ...all('SecurityProfiles', 'Workspaces'),
  ...each('AgentGrouping', 'Create', 'Edit', 'EnableAndDisable', 'View'),
  ...each('AgentStates', 'Create', 'Edit', 'EnableAndDisable', 'View'),
];

const metrics = [
  'AccessMetrics',
  ...each('AccessMetrics', 'RealTimeMetrics.Access', 'HistoricalMetrics.Access'),
  ...each('AccessMetrics', 'AgentActivityAudit.Access', 'Dashboards.Access'),
  ...all('MetricsReports', 'ReportSchedules'),
  ...each('MetricsReports', 'Publish', 'Schedule', 'Share'),
  'AgentTimeCard.View',
];

const listeningIn = ['ManagerListenIn', 'ManagerBargeIn'];

const contacts = [
  'ContactSearch.View',
  ...each('ContactSearchWithCharacteristics', 'Access', 'View'),
  ...each('ContactSearchWithKeywords', 'Access', 'View'),
  'ContactAttributes.View',
  'GraphTrends.View',
  'RealtimeContactLens.View',
];

const recordings = [
  ...each('CallRecordings.Unredacted', 'Access', 'DownloadButton'),
  ...each('CallRecordings.Redacted', 'Access', 'DownloadButton'),
  ...each('ContactTranscripts.Unredacted', 'Access', 'DownloadButton'),
  'DeleteCallRecordings',
  'ScreenRecording.Access',
];

const quality = [
  ...all('Evaluation', 'EvaluationForms', 'EvaluationCalibrationSessions', 'Rules'),
  ...all('CoachingSessions'),
];

const planning = [
  ...each('Forecasting', 'Edit', 'Publish', 'View'),
  ...each('Capacity', 'Edit', 'Publish', 'View'),
  ...each('ForecastScheduleInterval', 'Edit', 'View'),
];

const admin: readonly string[] = [
  ...agent,
  ...routing,
  ...channelsAndFlows,
  ...usersAndPermissions,
  ...metrics,
  ...listeningIn,
  ...contacts,
  ...recordings,
  ...quality,
  ...planning,
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
  'CallRecordings.Redacted.Access',
  ...quality,
];

/**
 * Permissions that take something away from their holder, or show one's own data only. AWS's Admin does
 * without them: a public configuration of a full administrator has none.
 */
const restricting = {
  tasks: 'RestrictTaskCreation.Access',
  phone: 'RestrictPhoneTypeSettings.Access',
  contacts: 'RestrictContactAccessByHierarchy.View',
  confirmation: 'RequireEndContactConfirmation.Enabled',
  ownDashboards: 'AccessMetrics.DashboardsWithMyData.View',
} as const;

const tier1Agent: readonly string[] = [
  ...agent,
  restricting.ownDashboards,
  restricting.phone,
  restricting.confirmation,
];

/** Leads a floor: hears calls, sees people, but adds nobody. */
const supervisor: readonly string[] = [
  ...agent,
  'AccessMetrics',
  ...each('AccessMetrics', 'RealTimeMetrics.Access', 'AgentActivityAudit.Access'),
  'Users.View',
  ...listeningIn,
  'ContactSearch.View',
  'CallRecordings.Redacted.Access',
  restricting.contacts,
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
const trainee: readonly string[] = ['BasicAgentAccess', restricting.tasks, restricting.phone];
const reporting: readonly string[] = metrics;
const flowDesigner: readonly string[] = [...channelsAndFlows, 'Queues.View'];

export const permissionSets = {
  admin,
  agent,
  tier1Agent,
  callCenterManager,
  qualityAnalyst,
  supervisor,
  userManager,
  taskAgent,
  trainee,
  reporting,
  flowDesigner,
} as const;
