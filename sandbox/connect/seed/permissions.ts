/**
 * Permission strings of security profiles, spelled as in AWS's "List of security profile permissions" (Amazon Connect
 * administrator guide). The permissions of AWS's own four profiles are a guess, except that Admin has all that do not
 * restrict their holder. `ManagerListenIn` is "Real-time contact monitoring": listening to live calls.
 */
const permissionsOf = (resource: string, ...verbs: readonly string[]) =>
  verbs.map((verb) => `${resource}.${verb}`);
const all = (...resources: readonly string[]) =>
  resources.flatMap((resource) => permissionsOf(resource, 'Create', 'Delete', 'Edit', 'View'));

const agentAccess = ['BasicAgentAccess', 'OutboundCallAccess'];

const agent: readonly string[] = [
  ...agentAccess,
  'TransferDestinations.View',
  'AudioDeviceSettings.Access',
  'MyContacts.View',
];

const routing = [
  ...permissionsOf('RoutingPolicies', 'Create', 'Edit', 'View'),
  ...all('TransferDestinations', 'HoursOfOperation', 'TaskTemplates', 'PredefinedAttributes'),
  ...permissionsOf('Queues', 'Create', 'Edit', 'EnableAndDisable', 'View'),
];

const channelsAndFlows = [
  ...all('Prompts', 'ContactFlows', 'ContactFlowModules', 'Bots'),
  ...permissionsOf('ContactFlows', 'Publish'),
  ...permissionsOf('ContactFlowModules', 'Publish'),
  ...permissionsOf('PhoneNumbers', 'Claim', 'Edit', 'Release', 'View'),
  ...permissionsOf('Views', 'Create', 'Edit', 'Remove', 'View'),
  'ChatTestMode',
];

const users = [...all('Users'), 'Users.EditPermission'];

const usersAndPermissions = [
  ...users,
  ...all('SecurityProfiles', 'Workspaces'),
  ...permissionsOf('AgentGrouping', 'Create', 'Edit', 'EnableAndDisable', 'View'),
  ...permissionsOf('AgentStates', 'Create', 'Edit', 'EnableAndDisable', 'View'),
];

const metrics = [
  'AccessMetrics',
  ...permissionsOf('AccessMetrics', 'RealTimeMetrics.Access', 'HistoricalMetrics.Access'),
  ...permissionsOf('AccessMetrics', 'AgentActivityAudit.Access', 'Dashboards.Access'),
  ...all('MetricsReports', 'ReportSchedules'),
  ...permissionsOf('MetricsReports', 'Publish', 'Schedule', 'Share'),
  'AgentTimeCard.View',
];

const listeningIn = ['ManagerListenIn', 'ManagerBargeIn'];

const contacts = [
  'ContactSearch.View',
  ...permissionsOf('ContactSearchWithCharacteristics', 'Access', 'View'),
  ...permissionsOf('ContactSearchWithKeywords', 'Access', 'View'),
  'ContactAttributes.View',
  'GraphTrends.View',
  'RealtimeContactLens.View',
];

const recordings = [
  ...permissionsOf('CallRecordings.Unredacted', 'Access', 'DownloadButton'),
  ...permissionsOf('CallRecordings.Redacted', 'Access', 'DownloadButton'),
  ...permissionsOf('ContactTranscripts.Unredacted', 'Access', 'DownloadButton'),
  'DeleteCallRecordings',
  'ScreenRecording.Access',
];

const quality = [
  ...all('Evaluation', 'EvaluationForms', 'EvaluationCalibrationSessions', 'Rules'),
  ...all('CoachingSessions'),
];

const planning = [
  ...permissionsOf('Forecasting', 'Edit', 'Publish', 'View'),
  ...permissionsOf('Capacity', 'Edit', 'Publish', 'View'),
  ...permissionsOf('ForecastScheduleInterval', 'Edit', 'View'),
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
  ...permissionsOf('Users', 'Edit', 'View'),
  ...permissionsOf('AgentGrouping', 'View'),
  ...permissionsOf('AgentStates', 'View'),
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
 * Permissions that restrict their holder, or limit the holder to their own data. AWS's Admin profile does not have
 * them, as a public configuration of a full administrator shows.
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

/** A floor supervisor: listens to calls and sees people, but cannot create users. */
const supervisor: readonly string[] = [
  ...agent,
  'AccessMetrics',
  ...permissionsOf('AccessMetrics', 'RealTimeMetrics.Access', 'AgentActivityAudit.Access'),
  'Users.View',
  ...listeningIn,
  'ContactSearch.View',
  'CallRecordings.Redacted.Access',
  restricting.contacts,
];

/** Can create users, but cannot listen to calls. */
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
