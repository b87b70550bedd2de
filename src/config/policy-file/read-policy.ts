/** Reads the policy file: YAML, then the schema, then the rules about several settings at once. */
import { createHash } from 'node:crypto';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { sources } from '../../policy/slack-ids.ts';
import { createNearest } from '../../text/nearest.ts';
import type { ConfigProblem } from '../problems.ts';
import { crossCheck } from './check-related-settings.ts';
import { checkRules } from './check-rules.ts';
import { type PolicyFile, policyFile } from './policy-file.ts';

export type PolicyRead =
  | {
      readonly ok: true;
      readonly policy: PolicyFile;
      /** SHA-256 (hex) of the file's text. */
      readonly hash: string;
    }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** All problems in the text of a policy file, or its content. */
export function readPolicy(text: string, fileName: string): PolicyRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { setting: `${fileName}, line ${line}, column ${col}`, wrong: error.message };
    });
    return { ok: false, problems };
  }
  let written: unknown;
  try {
    written = document.toJS({ maxAliasCount: 50 });
  } catch {
    return { ok: false, problems: [{ setting: fileName, wrong: 'refers to itself without end' }] };
  }
  const lineOf = (path: readonly PropertyKey[]): string => {
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      const range = node !== null && typeof node === 'object' && 'range' in node && node.range;
      if (Array.isArray(range)) {
        const { line, col } = lines.linePos(Number(range[0]));
        return `, line ${line}, column ${col}`;
      }
    }
    return '';
  };
  const parsed = policyFile.safeParse(written ?? {}, { reportInput: true });
  const found = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(describeIssue)),
    ...crossCheck(written),
    ...(parsed.success ? checkRules(parsed.data) : []),
  ];
  const problems = found.map((problem) => ({
    ...problem,
    setting: `${problem.setting || 'the file'} (${fileName}${lineOf(pathOf(problem.setting))})`,
  }));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const hash = createHash('sha256').update(text).digest('hex');
  return { ok: true, policy: parsed.data, hash };
}

function describeIssue(issue: z.core.$ZodIssue): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = membersOf(schemaAt(issue.path));
    const nearest = createNearest(known);
    return issue.keys.map((key) => {
      const meant = nearest(key);
      const hint =
        meant === undefined ? `there is: ${known.join(', ')}` : `did you mean “${meant}”?`;
      return { setting: named([...issue.path, key]), wrong: `is no setting here; ${hint}` };
    });
  }
  if (issue.code === 'invalid_union') {
    const inside = branchMeant(issue);
    if (inside) return inside.flatMap(describeIssue);
  }
  const setting = named(issue.path);
  return [{ setting, wrong: wordsFor(issue), ...about(issue.path) }];
}

/** The problem inside a group of settings that could also have been a single word. */
function branchMeant(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const isGroup = typeof issue.input === 'object' && issue.input !== null;
  if (!isGroup) return undefined;
  const branch = issue.errors.find((found) =>
    found.every(({ path }) => path.length > 0 || isOwn(found)),
  );
  return branch?.map((found) => ({ ...found, path: [...issue.path, ...found.path] }));
}

/**
 * A branch for words reports a group as wrong as a whole; the branch for groups reports single members, or has its
 * own message.
 */
function isOwn(found: readonly z.core.$ZodIssue[]): boolean {
  return found.every(({ code }) => code === 'unrecognized_keys' || code === 'custom');
}

function wordsFor(issue: z.core.$ZodIssue): string {
  const missing = issue.input === undefined || issue.input === null;
  switch (issue.code) {
    case 'invalid_type':
      return missing ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (missing) return `is missing (one of: ${allowed.join(', ')})`;
      const meant = createNearest(allowed)(String(issue.input));
      const choice = `must be one of: ${allowed.join(', ')}`;
      return meant === undefined ? choice : `${choice}; did you mean “${meant}”?`;
    }
    case 'too_small':
      return (
        ownWords(issue.message) ??
        `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
      );
    case 'too_big':
      return ownWords(issue.message) ?? `must be at most ${issue.maximum}`;
    case 'invalid_key':
      return `“${String(issue.path.at(-1))}” ${issue.issues[0]?.message ?? 'is not a good name'}`;
    default:
      return issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text (in quotes, if it looks like a number)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (each item on its own line, after “- ”)',
  object: 'a group of settings',
  record: 'a list of pairs, as “U012AB3CD: maria”',
};

/** zod's own sentences are written for programmers; ours begin differently. */
function ownWords(message: string): string | undefined {
  return /^(Too |Invalid )/.test(message) ? undefined : message;
}

/** `instances[0].pace.burst` */
function named(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function pathOf(setting: string): (string | number)[] {
  return [...setting.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

/** The schema's description of a setting: its purpose, and where a value is found. */
function about(path: readonly PropertyKey[]): Pick<ConfigProblem, 'purpose' | 'source'> {
  for (let depth = path.length; depth > 0; depth--) {
    let schema: z.core.$ZodType | undefined = schemaAt(path.slice(0, depth));
    while (schema) {
      const purpose = 'description' in schema ? schema.description : undefined;
      const source = sources.get(schema)?.source;
      if (typeof purpose === 'string') {
        return { purpose, ...(source === undefined ? {} : { source }) };
      }
      schema = innerOf(schema);
    }
    // An item of a list is described by its list, not by the group that contains the list.
    if (typeof path[depth - 1] !== 'number') break;
  }
  return {};
}

function schemaAt(path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let at: z.core.$ZodType | undefined = policyFile;
  for (const part of path) {
    const inner = bare(at);
    if (inner?._zod.def.type === 'array') at = (inner as z.ZodArray)._zod.def.element;
    else if (inner?._zod.def.type === 'record') at = (inner as z.ZodRecord)._zod.def.valueType;
    else if (inner?._zod.def.type === 'object') at = (inner as z.ZodObject).shape[String(part)];
    else return undefined;
  }
  return at;
}

function membersOf(schema: z.core.$ZodType | undefined): string[] {
  const inner = bare(schema);
  return inner?._zod.def.type === 'object' ? Object.keys((inner as z.ZodObject).shape) : [];
}

/** The schema without its wrappers for defaults and optional values. */
function bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let at = schema;
  for (let inner = innerOf(at); inner; inner = innerOf(at)) at = inner;
  if (at?._zod.def.type !== 'union') return at;
  return (at as z.ZodUnion).options.map(bare).find((option) => option?._zod.def.type === 'object');
}

function innerOf(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const type = schema?._zod.def.type;
  if (type !== 'optional' && type !== 'default') return undefined;
  return (schema as z.ZodOptional | z.ZodDefault)._zod.def.innerType;
}
