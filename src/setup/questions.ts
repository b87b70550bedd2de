/** The questions of `npm run setup`, and the validation of the answers. */
import { meantRegion } from '../config/arns.ts';
import { settings } from '../config/environment/settings.ts';
import { mailDomainTrouble } from '../config/mail-domain.ts';
import { requestUrl } from './manifest.ts';

/**
 * Flags in addition to the questions. Secrets have no flags, because everybody on the machine can read a command line.
 */
export type SetupFlags = {
  readonly transport?: string;
  readonly url?: string;
  readonly region?: string;
  readonly instance?: string;
  readonly alias?: string;
  readonly channel?: string;
  readonly 'email-domains'?: string;
  readonly 'typed-passwords'?: boolean;
};

export type FlagName = Exclude<keyof SetupFlags, 'typed-passwords'>;

type Question = {
  readonly text: string;
  /** The problem of a non-empty answer. */
  readonly trouble: (answer: string) => string | undefined;
};

export const questions: Readonly<Record<FlagName, Question>> = {
  transport: {
    text: 'How the bot hears from Slack: socket (no public address needed) or http',
    trouble: (answer) =>
      answer === 'socket' || answer === 'http' ? undefined : 'must be socket or http',
  },
  url: {
    text: 'The public address of the bot, such as https://bot.example.com',
    trouble: (answer) => (requestUrl(answer) === undefined ? 'is not an https address' : undefined),
  },
  region: {
    text: 'The AWS Region of the Amazon Connect instance, such as eu-central-1',
    trouble: (answer) => {
      const meant = meantRegion(answer);
      if (meant !== undefined) return `there is no Region ${answer}; did you mean ${meant}?`;
      return /^[a-z]{2}(-[a-z]+)+-\d$/.test(answer) ? undefined : 'is not an AWS Region';
    },
  },
  instance: {
    text: 'The Amazon Connect instance: a number of the list, an alias, an id or an ARN',
    trouble: () => undefined,
  },
  alias: {
    text: 'What people call this instance in Slack',
    trouble: (answer) =>
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(answer)
        ? undefined
        : 'must be 1 to 40 letters, digits, dots, dashes or underscores',
  },
  channel: {
    text: 'The id of the Slack channel where requests are decided (the channel’s name → About → at the bottom)',
    trouble: (answer) =>
      /^[CG][A-Z0-9]{2,}$/.test(answer) ? undefined : 'must be a channel’s id, which begins with C',
  },
  'email-domains': {
    text: 'Your company’s email domains, separated by commas (empty: people are linked one by one)',
    trouble: (answer) =>
      listOf(answer)
        .map((domain) => ({ domain, trouble: mailDomainTrouble(domain) }))
        .find(({ trouble }) => trouble !== undefined)?.trouble,
  },
};

export function listOf(answer: string): string[] {
  return answer
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The secrets that a transport needs, with where each is found. */
export function secretsOf(transport: 'socket' | 'http') {
  const names =
    transport === 'socket'
      ? (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const)
      : (['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'] as const);
  return names.map((name) => ({ name, ...settings[name] }));
}
