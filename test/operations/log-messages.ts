/** Every message that src/ writes to its log, extracted from the code. */
import { globSync, readFileSync } from 'node:fs';

export type LogMessage = {
  readonly level: string;
  readonly message: string;
  readonly file: string;
};

const call = /\b[lL]og\??\.(debug|info|warn|error|fatal)\(/g;

/** The messages, and the calls whose message is not a single literal string, which the page could not list. */
export function logMessages(): { messages: LogMessage[]; unreadable: string[] } {
  const messages: LogMessage[] = [];
  const unreadable: string[] = [];
  for (const file of globSync('src/**/*.ts').sort()) {
    // Messages from Bolt are passed on unchanged.
    if (file === 'src/operations/bolt-log.ts') continue;
    const text = readFileSync(file, 'utf8');
    for (const found of text.matchAll(call)) {
      const given = argumentsFrom(text, found.index + found[0].length);
      const last = given.at(-1)?.trim() ?? '';
      const literal = /^'((?:[^'\\]|\\.)*)'$/s.exec(last);
      const level = found[1] ?? '';
      if (literal?.[1]) messages.push({ level, message: literal[1], file });
      else unreadable.push(`${file}: ${last.slice(0, 60)}`);
    }
  }
  return { messages, unreadable };
}

/** The arguments of a call, split at its top-level commas. */
function argumentsFrom(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "'" || character === '`') {
      do at++;
      while (at < text.length && (text[at] !== character || text[at - 1] === '\\'));
    } else if (character === '(' || character === '{' || character === '[') depth++;
    else if (character === ')' || character === '}' || character === ']') {
      if (depth === 0) {
        found.push(text.slice(from, at));
        break;
      }
      depth--;
    } else if (character === ',' && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return found.filter((argument) => argument.trim() !== '');
}
