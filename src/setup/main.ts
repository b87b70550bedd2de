/** `npm run setup`: a dialog on a terminal, flags and the environment elsewhere. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { listInstances } from '../connect/aws/list-instances.ts';
import { useEnvironmentProxy } from '../operations/proxy.ts';
import { type Asker, SetupError } from './read-answer.ts';
import { runSetup } from './run-setup.ts';

const usage = `usage: npm run setup [-- OPTIONS]

Asks what an installation needs and writes it into this folder: .env, config.yaml, app-manifest.yml, iam-policy.json. Run
again, it changes only what is asked; comments stay, and a secret that is set is never overwritten.

  --transport socket|http   how the bot hears from Slack
  --url URL                 the public address, for http
  --region REGION           the Region whose Amazon Connect instances are listed
  --instance NAME           an instance: its alias, id or ARN. With an ARN nothing is listed
  --alias NAME              what people call it in Slack; of several instances, the one that is meant
  --channel ID              the Slack channel where requests are decided
  --email-domains A,B       your company's email domains
  --typed-passwords         make a SECRETS_KEY, so that requesters can type a first password
  --yes                     ask nothing

Secrets are no flags: setup prompts for them, or takes them from the environment (SLACK_BOT_TOKEN and SLACK_APP_TOKEN or
SLACK_SIGNING_SECRET). AWS credentials are found as by every AWS tool; connect:ListInstances is needed here alone.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      transport: { type: 'string' },
      url: { type: 'string' },
      region: { type: 'string' },
      instance: { type: 'string' },
      alias: { type: 'string' },
      channel: { type: 'string' },
      'email-domains': { type: 'string' },
      'typed-passwords': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  useEnvironmentProxy(process.env);
  const project = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  await runSetup({
    folder: process.cwd(),
    env: process.env,
    project: {
      env: project('.env.example'),
      policy: project('config.example.yaml'),
      manifest: project('manifest.yml'),
    },
    flags: values,
    asker: values.yes || !process.stdin.isTTY ? null : onTerminal(),
    print: (text) => void process.stdout.write(`${text}\n`),
    list: (region) => listInstances({ region }),
  });
  return 0;
}

/** A separate reader for each question, so that no typed text is kept. */
function onTerminal(): Asker {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asked = async (question: string, output: NodeJS.WritableStream) => {
    const reader = createInterface({ input: process.stdin, output, terminal: true });
    const ended = new Promise<never>((_resolve, reject) => {
      reader.once('SIGINT', () => reject(new SetupError('Nothing was written.')));
      reader.once('close', () => reject(new SetupError('Nothing was written.')));
    });
    try {
      return await Promise.race([reader.question(question), ended]);
    } finally {
      ended.catch(() => {});
      reader.close();
    }
  };
  return {
    ask: (question) => asked(question, process.stdout),
    askSecret: async (question) => {
      process.stdout.write(question);
      const typed = await asked('', silent);
      process.stdout.write('\n');
      return typed;
    },
  };
}

try {
  process.exit(await main());
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n${message}\n${isUsage ? `\n${usage}` : ''}`);
  process.exit(isUsage ? 2 : 1);
}
