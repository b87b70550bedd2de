/** Parses tags in the formats that people and AWS's tools write; the rules of a tag are in tags.ts. */
import { type Problem, problem } from '../../errors/problem.ts';
import { shown, tidy } from '../../text/tidy.ts';

export type Tag = readonly [key: string, value: string];

export type TagsRead = {
  readonly tags: readonly Tag[];
  readonly findings: readonly { readonly problem: Problem; readonly suggestion?: string }[];
};

/** At most this many findings for one field. */
export const mostFindings = 10;

/** The format of the templates, `team=blue|site=north`, when it is unambiguous. */
const ordinary = /^(?!key=|name=)[\w.-]+=[\w.-]+(?:\|[\w.-]+=[\w.-]+)*$/i;

/** Whether a text consists of tags in the format of the templates. */
export function isOrdinaryTags(text: string): boolean {
  return ordinary.test(text);
}

function pairOf(piece: string): Tag {
  const at = piece.indexOf('=');
  return [piece.slice(0, at), piece.slice(at + 1)];
}

/**
 * Reads `key=value` pairs separated by `|`, line breaks, `;` or `,`; `key|value||key|value` as the website's own
 * tools write them; `key:value|key:value`; `Key=team,Value=blue` of the command line; and JSON, as an object or as a
 * list of keys with values. Ambiguous text is a finding that shows both readings.
 */
export function readTags(text: string): TagsRead {
  if (isOrdinaryTags(text)) return { tags: text.split('|').map(pairOf), findings: [] };
  const plain = text.trim().replace(/^@\{([^{}]*)\}$/, '$1');
  if (plain === '') return { tags: [], findings: [] };
  const ofTerraform = readTerraform(plain);
  if (ofTerraform) return { tags: ofTerraform, findings: [] };
  if (/^[[{]/.test(plain)) return asOneTag(plain, readJson(plain));
  const shorthand = readShorthand(plain) ?? readListed(plain);
  if (shorthand) return { tags: shorthand, findings: [] };
  if (!plain.includes('=')) return withoutEqualsSign(plain);
  return asOneTag(plain, readPieces(plain));
}

/**
 * `{"Key": "team", "Value": "blue"}` is one tag, as in the lists of AWS. `Name=team,Value=blue` is one tag for some
 * of AWS's tools and two for others.
 */
function asOneTag(text: string, read: TagsRead): TagsRead {
  const [first, second, ...more] = read.tags;
  if (!first || !second || more.length > 0 || read.findings.length > 0) return read;
  const names = `${first[0]} ${second[0]}`.toLowerCase();
  if (names === 'key value') return { tags: [[first[1].trim(), second[1]]], findings: [] };
  if (names !== 'name value') return read;
  const suggestion = `${first[1].trim()}=${second[1]}`;
  return {
    tags: [],
    findings: [{ problem: problem('tags.two-readings', { value: shown(text) }), suggestion }],
  };
}

/** `Key=team,Value=blue Key=site,Value=north`, the format of `aws … --tags`. */
function readShorthand(text: string): Tag[] | undefined {
  if (!/^\{?\s*key\s*=/i.test(text) || !/[,;|\s]value\s*=/i.test(text)) return undefined;
  const pair =
    /\{?\s*key\s*=\s*("[^"]*"|[^,;|}]*?)\s*[,;|]\s*value\s*=\s*("[^"]*"|[^,;|}]*?)\s*\}?\s*(?=[,;|\s]*\{?\s*key\s*=|[,;|\s]*$)/gi;
  const tags: Tag[] = [];
  const rest = text.replace(pair, (_, key: string, value: string) => {
    tags.push([unquoted(key), unquoted(value)]);
    return '';
  });
  return tags.length > 0 && /^[\s,;|{}]*$/.test(rest) ? tags : undefined;
}

/** `Key: team, Value: blue`, also as a list in YAML: the format of the AWS console and CloudFormation. */
function readListed(text: string): Tag[] | undefined {
  if (!/^\s*-?\s*key\s*:/i.test(text)) return undefined;
  const line = text
    .replace(/(^|[\s,;|])-?\s{0,4}(key|value)\s{0,4}:\s{0,4}/gi, '$1$2=')
    .replace(/\s*\n\s*(?=value=)/gi, ',');
  return readShorthand(line.replace(/\s+(?=value=)/gi, ' '));
}

/** `{ team = "blue", site = "north" }`, the format of Terraform. */
function readTerraform(text: string): Tag[] | undefined {
  if (!/^\{\s*[\w.:/-]+\s*=\s*"/.test(text)) return undefined;
  const pairs = [...text.matchAll(/([\w.:/-]+)\s*=\s*"([^"]*)"/g)];
  const rest = text.replace(/[\w.:/-]+\s*=\s*"[^"]*"/g, '');
  if (!/^\{[\s,]*\}$/.test(rest)) return undefined;
  return pairs.map(([, key = '', value = '']) => [key, value] as const);
}

function unquoted(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1');
}

/** `team|blue||site|north`, `team:blue|site:north`. */
function withoutEqualsSign(text: string): TagsRead {
  if (text.includes('||')) {
    const pairs = text.split(/\|{2,}/).filter((pair) => pair.trim() !== '');
    const parts = pairs.map((pair) => pair.split('|'));
    if (parts.every((pair) => pair.length === 2)) {
      return {
        tags: parts.map(([key = '', value = '']) => [key.trim(), value.trim()]),
        findings: [],
      };
    }
  }
  const lines = text.split(/[|\r\n;]+/).filter((line) => line.trim() !== '');
  const colons = lines.map((line) => /^([^:]+):(.*)$/.exec(line.trim()));
  if (lines.length > 0 && colons.every((pair) => pair)) {
    if (colons.some((pair) => nextPair.test(pair?.[2] ?? ''))) {
      const suggestion = lines
        .flatMap((line) => line.split(','))
        .map((line) => line.trim().replace(/\s*:\s*/, '='))
        .join('|');
      const why = problem('tags.two-readings', { value: shown(text) });
      return { tags: [], findings: [{ problem: why, suggestion }] };
    }
    return {
      tags: colons.map((pair) => [pair?.[1]?.trim() ?? '', pair?.[2]?.trim() ?? '']),
      findings: [],
    };
  }
  const [key = '', value = '', ...more] = text.split('|');
  if (value !== '' && more.length === 0 && !/[,;\r\n]/.test(text)) {
    // One pair in the format of the website's tools, or two words without a value.
    const params = { one: `${shown(key.trim())}=${shown(value.trim())}` };
    return {
      tags: [],
      findings: [{ problem: problem('tags.one-or-two', params), suggestion: params.one }],
    };
  }
  return readPieces(text);
}

/** A comma and a possible next key: `team: blue, site: york`. */
const nextPair = /,\s*[\p{L}\p{N}_.-]+\s*:/u;

function readPieces(text: string): TagsRead {
  const tags: Tag[] = [];
  const findings: { problem: Problem; suggestion?: string }[] = [];
  for (const piece of text.split(/[|\r\n\u2028\u2029]+/)) {
    const { text: line, fault } = tidy(piece, 'name');
    if (fault) return { tags, findings: [...findings, { problem: problem(fault) }] };
    if (line === '') continue;
    const several = separated(line);
    if (several === 'unclear') {
      const suggestion = suggestedPieces(line);
      findings.push({ problem: problem('tags.two-readings', { value: shown(line) }), suggestion });
    } else {
      for (const pair of several) {
        const at = pair.indexOf('=');
        if (at >= 0) tags.push([tidy(pair.slice(0, at)).text, pair.slice(at + 1).trim()]);
        else findings.push({ problem: problem('tags.form', { value: shown(pair) }) });
      }
    }
    if (findings.length >= mostFindings) break;
  }
  return { tags, findings };
}

function suggestedPieces(line: string): string {
  const plain = line.replace(/\s*=>\s*/g, '=');
  return plain.split(/[,;&]/.test(plain) ? /\s*[,;&]\s*/ : /\s+/).join('|');
}

/** A typical key before an equals sign. */
const simplePair = /^[\p{L}\p{N}_.:/+\-@ ]{1,128}=[^=]*$/u;

/**
 * `team=blue, site=north` is two tags, `note=a, b` is one. A comma followed by text that could be a second tag or the
 * rest of the value is ambiguous.
 */
function separated(line: string): readonly string[] | 'unclear' {
  for (const separator of [';', ',']) {
    if (!line.includes(separator)) continue;
    const pieces = line.split(separator).map((piece) => piece.trim());
    const filled = pieces.filter((piece) => piece !== '');
    if (filled.length < 2) continue;
    const pairs = filled.filter((piece) => simplePair.test(piece));
    if (pairs.length === filled.length) return filled;
    const later = filled.slice(1).filter((piece) => piece.includes('='));
    // If the first part has no value yet, the comma belongs to a key, and no key may contain one.
    if (later.length > 0 && filled[0]?.includes('=')) return 'unclear';
  }
  // `team=blue&site=north` in a query string, `team=>blue` in Ruby and PHP.
  if (/^[^=&\s]+=[^=&]*(?:&[^=&\s]+=[^=&]*)+$/u.test(line) || /^[^=]+=>/.test(line))
    return 'unclear';
  // `team=blue site=north`, as people often type it on the command line.
  return /^[^=\s]+=\S+(?:\s+[\p{L}\p{N}_.:/+@-]+=\S+)+$/u.test(line) ? 'unclear' : [line];
}

function readJson(text: string): TagsRead {
  const tags = jsonTags(text);
  if (tags) return { tags, findings: [] };
  // Phones and word processors convert quotation marks into curly ones, and Python writes single ones.
  const straight = text.replace(/[“”„]/g, '"').replaceAll("'", '"');
  const meant = jsonTags(straight) && straight;
  return {
    tags: [],
    findings: [
      { problem: problem('tags.json'), ...(meant !== undefined && { suggestion: meant }) },
    ],
  };
}

/**
 * The members of a flat JSON object of strings, including duplicates, of which JSON.parse alone would silently keep
 * the last. A list of `{"Key": …, "Value": …}` is read as well.
 */
function jsonTags(text: string): Tag[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(parsed)) return listedTags(parsed);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  if (Object.values(parsed).some((value) => typeof value !== 'string')) return undefined;
  // In such an object all strings are alternately keys and values.
  const strings = (text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((quoted) =>
    String(JSON.parse(quoted)),
  );
  if (strings.length % 2 !== 0) return undefined;
  return strings.flatMap((key, at) =>
    at % 2 === 0 ? [[key.trim(), (strings[at + 1] ?? '').normalize('NFC')] as const] : [],
  );
}

/** The tag lists of CloudFormation and most AWS APIs. */
function listedTags(list: readonly unknown[]): Tag[] | undefined {
  const tags: Tag[] = [];
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null) return undefined;
    const members = new Map(
      Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const [key, value] = [members.get('key'), members.get('value')];
    if (typeof key !== 'string' || typeof value !== 'string') return undefined;
    tags.push([key.trim(), value.normalize('NFC')]);
  }
  return tags;
}
