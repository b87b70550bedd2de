/** CreateUser's input as a command line, for a person who creates the user manually. Pure. */
import { createUserOptions, passwordOption } from './create-user-options.ts';

/**
 * One option per line, quoted for a POSIX shell, structures as JSON. Never with a password: the person who runs it
 * adds one, when the instance needs one.
 */
export function createUserCommand(input: Readonly<Record<string, unknown>>): string {
  const lines = createUserOptions.flatMap(({ option, member }) => {
    const value = input[member];
    if (value === undefined || option === passwordOption) return [];
    const texts = Array.isArray(value) && value.every((member) => typeof member === 'string');
    const words = texts ? value : [typeof value === 'string' ? value : JSON.stringify(value)];
    return [[option, ...words.map(quoted)].join(' ')];
  });
  return ['aws connect create-user', ...lines].join(' \\\n  ');
}

/**
 * In single quotation marks no character is special; a single quotation mark inside ends them, is escaped, and starts
 * them again.
 */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
