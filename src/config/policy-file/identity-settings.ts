/** The settings that identify the Connect user of a Slack person. */
import { z } from 'zod';
import { stepUp } from '../../policy/rule-schema.ts';
import { personId, sources } from '../../policy/slack-ids.ts';
import { mailDomainTrouble } from '../mail-domain.ts';

const linkBySignIn = z
  .strictObject({
    usernameClaim: z
      .string()
      .regex(/^[\w:./-]{1,100}$/, { error: 'must be the name of a claim' })
      .describe(
        'The claim that is the person’s username in Amazon Connect. Only one that people cannot change themselves: whoever can write it is whoever they like.',
      ),
    ...stepUp.shape,
  })
  .describe(
    'Whoever types /connect-add-user link can prove it by a fresh sign-in at the company’s identity provider (OpenID Connect, settings OIDC_…), in place of an admin: OIDC_CLAIM has to be their email address in Slack, and usernameClaim the username. Left out: an admin confirms every link.',
  );

export const identitySettings = z
  .strictObject({
    ways: z
      .array(z.enum(['link', 'email', 'email-local-part']))
      .min(1, { error: 'must name at least one way, or nobody can decide anything' })
      .optional()
      .describe(
        'How a Slack person’s Connect user is found, tried in this order. link: by links below. email: the Connect username is the Slack email address. email-local-part: it is the part before the @. Default: link, and email when there are emailDomains.',
      ),
    links: z
      .record(personId, z.string().min(1).max(100))
      .default({})
      .describe('Slack member id: Connect username.')
      .register(sources, { source: 'Slack → the person’s profile → ⋮ → Copy member ID' }),
    emailDomains: z
      .array(
        z
          .string()
          .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
            error: 'must be a domain in small letters, such as example.com, without @',
          })
          .superRefine((domain, context) => {
            const trouble = mailDomainTrouble(domain);
            if (trouble !== undefined) context.addIssue({ code: 'custom', message: trouble });
          }),
      )
      .default([])
      .describe('The company’s own email domains. The two ways by email trust no other.'),
    localPartDomains: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'Instance alias: the one of emailDomains in which email-local-part counts there. Needed where there are several: ari@ of two domains may be two people.',
      ),
    linkBySignIn: linkBySignIn.optional(),
  })
  .describe('Which Connect user a Slack person is. Rights are read from that user, live.');
