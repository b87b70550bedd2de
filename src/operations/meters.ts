/**
 * The metrics of this process, in Prometheus' terms. docs/metrics.md lists every metric; the names follow
 * https://prometheus.io/docs/practices/naming/ (base units, `_total` for counters).
 *
 * The meters belong to the process, as its log does: code measures its own work here, and the health server exports
 * the numbers. No label contains a name, an address or an id of a person.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export const meters = new Registry();

const registers = [meters];
const prefix = 'connect_add_user_';

/** From some milliseconds to Slack's three seconds and beyond. */
const secondsOfACall = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From a few seconds to some days. */
const secondsOfPeople = [5, 30, 60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200, 604_800];

export const slackCalls = new Counter({
  name: `${prefix}slack_calls_total`,
  help: 'Calls to Slack’s Web API, by method and outcome: ok, refused, rate_limited, no_answer.',
  labelNames: ['method', 'outcome'],
  registers,
});

export const acknowledged = new Histogram({
  name: `${prefix}slack_ack_seconds`,
  help: 'From a delivery of Slack’s to its acknowledgement, over HTTP and over Socket Mode.',
  labelNames: ['transport'],
  buckets: secondsOfACall,
  registers,
});

export const connectCalls = new Histogram({
  name: `${prefix}connect_call_seconds`,
  help: 'Calls to Amazon Connect with their retries, by operation and outcome: ok, or the name of the error.',
  labelNames: ['operation', 'outcome'],
  buckets: secondsOfACall,
  registers,
});

export const throttles = new Counter({
  name: `${prefix}connect_throttles_total`,
  help: 'Attempts that Amazon Connect refused because the account’s rate was used up, by operation.',
  labelNames: ['operation'],
  registers,
});

export const untilApproval = new Histogram({
  name: `${prefix}request_to_approval_seconds`,
  help: 'From the submission of a request to its last approval.',
  labelNames: ['instance'],
  buckets: secondsOfPeople,
  registers,
});

export const untilReceipt = new Histogram({
  name: `${prefix}approval_to_receipt_seconds`,
  help: 'From the last approval of a request until every one of its rows has an outcome.',
  labelNames: ['instance'],
  buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
  registers,
});

export const requestsInState = new Gauge({
  name: `${prefix}requests`,
  help: 'Requests by instance and state, all replicas together.',
  labelNames: ['instance', 'state'],
  registers,
});

export const rowsWithOutcome = new Gauge({
  name: `${prefix}rows`,
  help: 'Rows of requests by state, all replicas together.',
  labelNames: ['state'],
  registers,
});

export const jobsWaiting = new Gauge({
  name: `${prefix}jobs_waiting`,
  help: 'Jobs that are due and wait for a worker, by queue, all replicas together.',
  labelNames: ['queue'],
  registers,
});

export const oldestJob = new Gauge({
  name: `${prefix}oldest_job_seconds`,
  help: 'How long the oldest due job of a queue has waited.',
  labelNames: ['queue'],
  registers,
});

export const jobsGivenUp = new Gauge({
  name: `${prefix}jobs_given_up`,
  help: 'Jobs that failed too often and were given up in the last 90 days, by queue.',
  labelNames: ['queue'],
  registers,
});

export const postsParked = new Gauge({
  name: `${prefix}posts_parked`,
  help: 'Messages that Slack refuses to take for now.',
  registers,
});

export const auditEventsBehind = new Gauge({
  name: `${prefix}audit_webhook_behind_events`,
  help: 'Events of the audit trail that its webhook has not taken yet; 0 without a webhook.',
  registers,
});

export const paceRate = new Gauge({
  name: `${prefix}pace_per_second`,
  help: 'The rate per second that was learned from throttled calls, by budget; absent while none was throttled.',
  labelNames: ['budget'],
  registers,
});

export const slackConnections = new Gauge({
  name: `${prefix}slack_connections`,
  help: 'Open Socket Mode connections of this process.',
  registers,
});

export const collectedAt = new Gauge({
  name: `${prefix}collected_timestamp_seconds`,
  help: 'When the numbers that come from the database were read, in seconds since 1970.',
  registers,
});

/** `no_answer` for everything that is not an answer of Slack. */
export type SlackOutcome = 'ok' | 'refused' | 'rate_limited' | 'no_answer';
