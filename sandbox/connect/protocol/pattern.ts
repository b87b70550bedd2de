/**
 * The model's patterns come from several hands: some are plain, some carry the `/…/` of another
 * language, some were escaped twice. All are Java expressions that must match the whole value
 * (a guess: the model does not say whether a pattern without `^` is anchored; whole is stricter).
 */
export function compilePattern(pattern: string): RegExp {
  let source = pattern;
  if (source.startsWith('/') && source.endsWith('/')) source = source.slice(1, -1);
  // `\\+[1-9]\\d{1,14}$` requires backslashes where its connectSandbox `\+[1-9]\d{1,14}$` requires a phone number.
  source = source.replaceAll('\\\\', '\\');
  return new RegExp(`^(?:${source})$`, 'u');
}
