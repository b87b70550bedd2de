/** Reads the policy file: YAML, then the schema, then the rules about several settings at once. */
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { createNearest } from '../text/nearest.ts';
import { crossCheck } from './policy-cross.ts';
import { type PolicyFile, policyFile, sources } from './policy-file.ts';
import type { ConfigProblem } from './problems.ts';

export type PolicyRead =
  | { readonly ok: true; readonly policy: PolicyFile }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Everything wrong in the text of a policy file, or what it says. */
export function readPolicy(text: string, fileName: string): PolicyRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { setting: `${fileName}, line ${line}`, wrong: `${error.message} (column ${col})` };
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
      if (Array.isArray(range)) return `, line ${lines.linePos(Number(range[0])).line}`;
    }
    return '';
  };
  const parsed = policyFile.safeParse(written ?? {}, { reportInput: true });
  const found = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(describeIssue)),
    ...crossCheck(written),
  ];
  const problems = found.map((problem) => ({
    ...problem,
    setting: `${problem.setting || 'the file'} (${fileName}${lineOf(pathOf(problem.setting))})`,
  }));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, policy: parsed.data };
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
  const setting = named(issue.path);
  return [{ setting, wrong: wordsFor(issue), ...about(issue.path) }];
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

/** zod's own sentences are for programmers; ours do not begin like that. */
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

/** What the schema tells about a place: what it is for, and where a value is found. */
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
    // An item of a list is told by its list, not by the group that the list is in.
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

/** The schema without the wrappings for a default and for being optional. */
function bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let at = schema;
  for (let inner = innerOf(at); inner; inner = innerOf(at)) at = inner;
  return at;
}

function innerOf(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const type = schema?._zod.def.type;
  if (type !== 'optional' && type !== 'default') return undefined;
  return (schema as z.ZodOptional | z.ZodDefault)._zod.def.innerType;
}
