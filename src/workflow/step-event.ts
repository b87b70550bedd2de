/** A run of the custom step "Request Amazon Connect user", parsed from Slack's event. Pure. */
import { z } from 'zod';
import type { UserDraft } from '../users/new-user.ts';

/** `callback_id` of the step in manifest.workflow.yml. */
export const stepCallback = 'request_connect_user';

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value?.trim() || undefined);

/** The id of a person in Slack. */
const slackId = /^[A-Z0-9]{2,40}$/;

/** https://docs.slack.dev/reference/events/function_executed */
const executed = z.object({
  type: z.literal('function_executed'),
  function: z.object({ callback_id: z.literal(stepCallback) }),
  function_execution_id: z.string().min(1).max(100),
  inputs: z.looseObject({
    /** Set by Slack alone: https://docs.slack.dev/reference/types/user_context-type */
    requester: z
      .object({ id: z.string().regex(slackId) })
      .nullish()
      .catch(null),
  }),
});

const inputs = z.object({
  instance: text,
  preset: text,
  first_name: text,
  last_name: text,
  username: text,
  email: text,
  routing_profile: text,
  security_profiles: text,
  hierarchy_group: text,
  phone_type: text,
  desk_phone_number: text,
  after_call_work_seconds: text,
  tags: text,
  reason: text,
});

export type StepRun = {
  readonly executionId: string;
  /** The person who ran the workflow; null when Slack does not name one, so that there is no requester. */
  readonly requesterId: string | null;
  readonly instance: string | undefined;
  readonly draft: UserDraft;
  readonly reason: string | null;
};

/** The maximum stored length of an input's text; the check reports the limit of each field. */
const longest = 2_000;

/** @returns null for any other event, and for a step with another name */
export function parseStepRun(event: unknown): StepRun | null {
  const run = executed.safeParse(event).data;
  if (!run) return null;
  const given = inputs.safeParse(run.inputs).data ?? inputs.parse({});
  const cut = (value: string | undefined) => value?.slice(0, longest);
  const named = (value: string | undefined) =>
    value ? { name: value.slice(0, longest) } : undefined;
  const profiles = cut(given.security_profiles)
    ?.split(/[|\n]/)
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => ({ name }));
  const draft = {
    preset: cut(given.preset),
    firstName: cut(given.first_name),
    lastName: cut(given.last_name),
    username: cut(given.username),
    email: cut(given.email),
    routingProfile: named(given.routing_profile),
    securityProfiles: profiles,
    hierarchyGroup: named(given.hierarchy_group),
    phoneType: cut(given.phone_type),
    deskPhoneNumber: cut(given.desk_phone_number),
    afterContactWorkSeconds: cut(given.after_call_work_seconds),
    tags: cut(given.tags),
  };
  return {
    executionId: run.function_execution_id,
    requesterId: run.inputs.requester?.id ?? null,
    instance: given.instance,
    draft: Object.fromEntries(
      Object.entries(draft).filter(([, value]) => value !== undefined),
    ) as UserDraft,
    reason: cut(given.reason) ?? null,
  };
}
