/** The quick check that avoids the slow parser for most phone numbers has the same results as the parser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { isComplete } from '../../../src/users/fields/complete-number.ts';

describe('a complete phone number', () => {
  it('is recognized for one country, for several with one code, and with a code of one digit', () => {
    for (const number of ['+493012345678', '+447400123456', '+12065550151', '+15555551212']) {
      assert.equal(isComplete(number), true, number);
    }
    // A national prefix that is omitted internationally, one digit too many, spaces, and no country.
    for (const text of ['+49030123456', '+120655501512', '+49 30 123456', '+999123456', '']) {
      assert.equal(isComplete(text), false, text);
    }
  });

  it('has the same result as the full parser, in any country', () => {
    const codes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];
    const numbers = fc
      .tuple(fc.constantFrom(...codes), fc.stringMatching(/^\d{4,13}$/))
      .map(([code, national]) => `+${code}${national}`);
    fc.assert(
      fc.property(numbers, (number) => {
        if (!isComplete(number)) return;
        const read = parsePhoneNumberFromString(number, { extract: false, defaultCountry: 'US' });
        assert.equal(read?.number, number);
        assert.equal(read.isPossible(), true);
        assert.equal(read.ext, undefined);
      }),
      { numRuns: 2000 },
    );
  });
});
