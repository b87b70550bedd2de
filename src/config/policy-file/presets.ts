/** Presets of an instance, as the policy file writes them. */
import { z } from 'zod';
import { personId, sources, usergroupId } from '../../policy/slack-ids.ts';
import { placeholders } from '../../users/presets/username-pattern.ts';

const name = z.string().min(1).max(127);
const longestPattern = 100;

export const usernamePattern = z
  .string()
  .min(1)
  .max(longestPattern)
  .refine(
    (text) =>
      [...text.matchAll(/\{([^}]*)\}/g)].every(([, word]) =>
        (placeholders as readonly string[]).includes(word ?? ''),
      ) && /^[A-Za-z0-9_.@{}-]+$/.test(text),
    {
      error: `must be letters, digits, _ . @ - and ${placeholders.map((word) => `{${word}}`).join(' ')}`,
    },
  )
  .refine((text) => /\{\w+\}/.test(text), {
    error: 'would give everybody the same username: it needs a part such as {first}',
  });

const changeable = z.enum([
  'routingProfile',
  'securityProfiles',
  'hierarchyGroup',
  'phone',
  'autoAccept',
  'persistentConnection',
  'afterContactWorkSeconds',
  'audioEnhancement',
  'tags',
]);

const preset = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .describe('What people call it, such as Tier 1 support; also a word of the command.'),
    routingProfile: name.optional().describe('The routing profile, by its name.'),
    securityProfiles: z.array(name).min(1).max(10).optional().describe('By their names.'),
    hierarchyGroup: name
      .optional()
      .describe('The hierarchy group, as the path from the top: EMEA / Support.'),
    phone: z
      .enum(['soft', 'desk'])
      .optional()
      .describe('soft: in the browser. desk: calls go to a number, which is typed for each user.'),
    autoAccept: z.boolean().optional().describe('Whether calls are accepted automatically.'),
    persistentConnection: z
      .boolean()
      .optional()
      .describe('Whether the soft phone keeps its connection open between calls.'),
    afterContactWorkSeconds: z
      .int()
      .min(0)
      .max(2_000_000)
      .optional()
      .describe('After-call work in seconds; 0 is without a limit.'),
    audioEnhancement: z
      .enum(['none', 'isolate voice', 'suppress noise'])
      .optional()
      .describe('What is done to the sound of the agent’s microphone.'),
    tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .optional()
      .describe('Tags of every user.'),
    username: usernamePattern
      .optional()
      .describe(
        'How a username is made where none is given, such as {first}.{last}: {first} and {last} are the names, {f} and {l} their first letters, {email} the address, {local} what stands before its @. A taken one gets the next free number, but not with single sign-on.',
      ),
    canChange: z
      .array(changeable)
      .default([])
      .describe('Which of these a requester may change. Left out: none.'),
    usergroups: z
      .array(usergroupId)
      .default([])
      .describe('Members of these Slack user groups may use it.')
      .register(sources, {
        source: 'Slack → People → User groups → the group → ⋮ → Copy group ID',
      }),
    people: z
      .array(personId)
      .default([])
      .describe(
        'These Slack people may use it. Without usergroups and people, everybody who may request.',
      )
      .register(sources, { source: 'Slack → the person’s profile → ⋮ → Copy member ID' }),
  })
  .describe('What the users of one kind of work have in common.');

export const presets = z
  .array(preset)
  .max(50)
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [at, { name: written }] of list.entries()) {
      const key = written.toLowerCase();
      if (seen.has(key)) {
        context.addIssue({ code: 'custom', path: [at, 'name'], message: 'is there twice' });
      }
      seen.add(key);
    }
  })
  .describe(
    'Presets: the first field of the form, the column preset of a file, and words of the command. What a preset sets is filled in.',
  );

export type WrittenPreset = z.infer<typeof preset>;
