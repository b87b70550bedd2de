/** The arguments of `npm start` after `--`. */
import { parseArgs } from 'node:util';

export type StartCommand =
  | { readonly kind: 'start' }
  | { readonly kind: 'check' }
  | { readonly kind: 'version' }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly why: string };

export const startUsage = `usage: npm start [-- --check | --version | --help]

Starts the bot. Settings come from the environment, from .env in this folder, and from the policy file
(CONFIG_FILE, default config.yaml).

  --check     read the settings and the policy, say what is wrong with them, and end: 0 when nothing is
  --version   print the version and the commit
  --help      print this

npm run doctor looks at everything outside as well: database, Slack, Amazon Connect.
`;

/** Unknown arguments are refused, so that a misspelled flag does not start the production bot. */
export function readStartCommand(args: readonly string[]): StartCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        check: { type: 'boolean' },
        version: { type: 'boolean', short: 'v' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return { kind: 'help' };
    if (values.version) return { kind: 'version' };
    return values.check ? { kind: 'check' } : { kind: 'start' };
  } catch (error) {
    return { kind: 'unknown', why: error instanceof Error ? error.message : String(error) };
  }
}
