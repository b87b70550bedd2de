/** Recognizes phone numbers that are already in Connect's format, without the slow parser. */
import {
  getCountries,
  getCountryCallingCode,
  Metadata,
  type NumberingPlan,
} from 'libphonenumber-js/min';

type Plan = {
  /** How many digits may follow the country code, in any country that has it. */
  readonly lengths: readonly number[];
  /** The national prefix of such a country, which the parser removes from the beginning of a number. */
  readonly prefix: RegExp | undefined;
};

/** A part of libphonenumber-js that its types do not contain. */
type WithPrefix = { nationalPrefixForParsing(): string | undefined };

const plans: ReadonlyMap<string, Plan> = readPlans();

function readPlans(): Map<string, Plan> {
  const metadata = new Metadata();
  const lengths = new Map<string, readonly number[]>();
  const prefixes = new Map<string, Set<string>>();
  for (const country of getCountries()) {
    metadata.selectNumberingPlan(country);
    const plan = metadata.numberingPlan;
    if (!plan) continue;
    const code = getCountryCallingCode(country);
    const possible = plan.possibleLengths();
    const before = lengths.get(code) ?? possible;
    lengths.set(
      code,
      before.filter((length) => possible.includes(length)),
    );
    const prefix = (plan as NumberingPlan & WithPrefix).nationalPrefixForParsing();
    const known = prefixes.get(code) ?? new Set<string>();
    prefixes.set(code, prefix ? known.add(prefix) : known);
  }
  return new Map(
    [...lengths].map(([code, shared]) => {
      // North America's 25 countries share few prefixes, so each number is compared with each prefix only once.
      const different = [...(prefixes.get(code) ?? [])].map((prefix) => `(?:${prefix})`);
      const prefix = different.length > 0 ? new RegExp(`^(?:${different.join('|')})`) : undefined;
      return [code, { lengths: shared, prefix }];
    }),
  );
}

const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * Whether the parser would return a number unchanged: a plus, a country code, and a valid number of digits, without a
 * prefix that would be removed. False means unknown.
 */
export function isComplete(text: string): boolean {
  if (!e164.test(text)) return false;
  for (let digits = 1; digits <= 3; digits += 1) {
    const plan = plans.get(text.slice(1, 1 + digits));
    if (!plan) continue;
    const national = text.slice(1 + digits);
    return plan.lengths.includes(national.length) && !plan.prefix?.test(national);
  }
  return false;
}
