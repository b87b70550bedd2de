/**
 * The model's patterns are inconsistent: some are plain, some are delimited by `/…/`, some are escaped twice. All are
 * Java expressions that must match the whole value (a guess: the model does not say whether a pattern without `^` is
 * anchored; matching the whole value is stricter).
 */
export function compilePattern(pattern: string): RegExp {
  let source = pattern;
  if (source.startsWith('/') && source.endsWith('/')) source = source.slice(1, -1);
  // `\\+[1-9]\\d{1,14}$` requires backslashes, where its correctly escaped form `\+[1-9]\d{1,14}$` requires a phone
  // number.
  source = source.replaceAll('\\\\', '\\');
  return new RegExp(`^(?:${source})$`, 'u');
}
