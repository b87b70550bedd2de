/** Phone numbers that are in the form Connect takes already, told without the slow work of reading one. */
import {
  getCountries,
  getCountryCallingCode,
  Metadata,
  type NumberingPlan,
} from 'libphonenumber-js/min';

type Plan = {
  /** How many digits may follow the code, in every country that has it. */
  readonly lengths: readonly number[];
  /** What is dialed before a number inside such a country, and taken off a number that begins with it. */
  readonly prefix: RegExp | undefined;
};

/** A part of what libphonenumber-js has that its types do not name. */
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
      // North America's 25 countries have few prefixes among them: each number is compared with these once.
      const different = [...(prefixes.get(code) ?? [])].map((prefix) => `(?:${prefix})`);
      const prefix = different.length > 0 ? new RegExp(`^(?:${different.join('|')})`) : undefined;
      return [code, { lengths: shared, prefix }];
    }),
  );
}

const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * Whether a number is what reading it would make of it: a plus, the code of a country, and as many digits as numbers
 * have there, with nothing in front of them that would be taken off. False tells nothing.
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
