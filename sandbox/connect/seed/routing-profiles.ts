/** Routing profiles of a realistic contact center: more than fit on one page of a list, or into one select. */
const queues = [
  'Billing',
  'Card Services',
  'Claims',
  'Collections',
  'Complaints',
  'Deliveries',
  'Fraud Desk',
  'Home Insurance',
  'Loans',
  'Loyalty',
  'Mortgages',
  'New Customers',
  'Refunds',
  'Retention',
  'Returns',
  'Technical Support',
  'Travel',
  'Warranty',
];

const languages = ['English', 'French', 'German', 'Polish', 'Spanish', 'Turkish'];

const standing = [
  'Basic Routing Profile',
  'Tier 1 Voice',
  'Tier 1 Chat',
  'Tier 1 Voice + Chat',
  'Tier 2',
  'Tier 2 Escalations',
  'Tier 3 Specialists',
  'Back Office',
  'Callbacks only',
  'Email only',
  'Night Shift',
  'Outbound Campaigns',
  'Supervisors',
  'Trainees – first two weeks',
  'VIP (Platinum & Gold)',
];

export const defaultRoutingProfile = 'Basic Routing Profile';

export const routingProfileNames: readonly string[] = [
  ...standing,
  ...queues.flatMap((queue) => languages.map((language) => `${queue} – ${language}`)),
];
