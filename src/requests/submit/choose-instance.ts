/** Determines the instance of a file: named in its message, or the one in whose requests channel it was posted. */
import type { InstanceConfig } from '../../config/config.ts';
import { reasonIn } from '../../text/message-words.ts';

export type ChosenInstance =
  | { readonly kind: 'chosen'; readonly instance: InstanceConfig }
  /** Several are named, and only the author of the message can choose. */
  | { readonly kind: 'several'; readonly aliases: readonly string[] };

/**
 * An instance that the message names has precedence. Otherwise it is the first instance, in the configuration's
 * order, with this requests channel; in other channels, the first instance. An alias can be an ordinary word ("our
 * Berlin branch"), so it counts only where it is used as a name: alone beside the mention, in quotation marks or as
 * code, before a colon at the beginning, or after "for", "in" or "instance".
 */
export function chooseInstance(
  instances: readonly InstanceConfig[],
  message: { readonly text: string; readonly channel: string },
): ChosenInstance | undefined {
  const named = namedIn(message.text, instances);
  if (named.length > 1) return { kind: 'several', aliases: named.map(({ alias }) => alias) };
  const here = instances.find((instance) => instance.requestsChannel === message.channel);
  const instance = named[0] ?? here ?? instances[0];
  return instance && { kind: 'chosen', instance };
}

function namedIn(text: string, instances: readonly InstanceConfig[]): InstanceConfig[] {
  const aliases = instances.map(({ alias }) => alias);
  if (aliases.length === 0) return [];
  const plain = text.replace(/<[@!#][^<>]*>/g, ' ').trim();
  const saysNothingElse = reasonIn(text, aliases) === null;
  const parts = saysNothingElse ? [plain] : meantAsNames(plain, aliases);
  const words = new Set(
    parts.flatMap((part) =>
      part
        .toLowerCase()
        .split(/[^\p{L}\p{N}._-]+/u)
        .flatMap((word) => [word, word.replace(/[.-]+$/, '')]),
    ),
  );
  return instances.filter(({ alias }) => words.has(alias.toLowerCase()));
}

/** The parts of a sentence in which an alias is a name. */
function meantAsNames(plain: string, aliases: readonly string[]): string[] {
  const alias = `(?:${aliases
    .toSorted((left, right) => right.length - left.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')})(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`;
  const list = `${alias}(?:\\s*(?:,|/|&(?:amp;)?|\\+|\\band\\b|\\bor\\b)\\s*${alias})*`;
  const marks = '["“”„‘’\'`*«»]';
  return [
    new RegExp(`(?<![\\p{L}\\p{N}])(?:for|in|instances?):?\\s+(?:the\\s+)?(${list})`, 'giu'),
    new RegExp(`(?<![\\p{L}\\p{N}])${marks}(${alias})${marks}`, 'giu'),
    new RegExp(`^(${list})\\s*:`, 'giu'),
  ].flatMap((pattern) => [...plain.matchAll(pattern)].map(([, found = '']) => found));
}
