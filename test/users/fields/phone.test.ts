import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UserDraft } from '../../../src/users/new-user.ts';
import { codesOf, managed, mary, onlyFinding, right, userOf } from '../fixtures.ts';

const us = { ...managed, defaultCountry: 'US' };
const desk = (number: string): UserDraft => ({ phoneType: 'desk', deskPhoneNumber: number });
const numberOf = (typed: string, context = managed) => {
  const { phone } = userOf({ ...mary, ...desk(typed) }, context);
  return phone.type === 'desk' ? phone.number : undefined;
};

describe('a phone number', () => {
  it('is accepted as in AWS’s example, although it is not assigned', () => {
    assert.equal(numberOf('+15555551212'), '+15555551212');
  });

  it('is read however people write it, and shown as it was taken', () => {
    const written: readonly (readonly [string, string])[] = [
      ['+1 (555) 555-1212', '+15555551212'],
      ['\u202A+1 555 555 1212\u202C', '+15555551212'],
      ['＋１ ５５５ ５５５ １２１２', '+15555551212'],
      ['+44 (0)20 7946 0000', '+442079460000'],
      ['+49 30 123456', '+4930123456'],
      ['+54 9 11 1234 5678', '+5491112345678'],
    ];
    for (const [typed, taken] of written) {
      assert.equal(numberOf(typed), taken, typed);
      const { corrections } = right({ ...mary, ...desk(typed) });
      assert.deepEqual(corrections, [{ field: 'deskPhoneNumber', from: typed, to: taken }]);
    }
  });

  it('without a + is read in the configured country', () => {
    assert.equal(numberOf('(555) 555-1212', us), '+15555551212');
    assert.equal(numberOf('020 7946 0000', { ...managed, defaultCountry: 'GB' }), '+442079460000');
  });

  it('without a + and without a configured country is refused with a suggestion', () => {
    const finding = onlyFinding(desk('555 555 1212'));
    assert.equal(
      finding.text,
      'This looks like a phone number without a country code. Did you mean +1 555 555 1212?',
    );
    assert.equal(finding.suggestion, '+15555551212');
    assert.equal(onlyFinding(desk('15555551212')).suggestion, '+15555551212');
    assert.equal(onlyFinding(desk('0049 30 123456')).suggestion, '+4930123456');
    assert.equal(onlyFinding(desk('0049 30 123456'), us).suggestion, '+4930123456');
    // No area code of North America begins with 0, so the number was written in another country.
    const abroad = onlyFinding(desk('0206555015'), us);
    assert.deepEqual([abroad.code, abroad.suggestion], ['phone.without-country', undefined]);
    const unknown = onlyFinding(desk('030 1234'));
    assert.deepEqual([unknown.code, unknown.suggestion], ['phone.without-country', undefined]);
  });

  it('is refused with a reason that names what is wrong', () => {
    const reasons: readonly (readonly [string, string])[] = [
      ['+1555', 'phone.too-short'],
      ['+155555512123', 'phone.too-long'],
      ['+999123456789', 'phone.country-unknown'],
      ['reception', 'phone.not-a-number'],
      ['+1 800 FLOWERS', 'phone.not-a-number'],
      ['+1 555 555 1212 ext 5', 'phone.extension'],
      ['1.5555551212E+10', 'phone.spreadsheet'],
      ['1.5555551212e10', 'phone.spreadsheet'],
    ];
    for (const [typed, code] of reasons) {
      assert.equal(onlyFinding(desk(typed)).code, code, typed);
      assert.equal(onlyFinding({ mobile: typed }).code, code, typed);
    }
  });

  it('with other text around it is suggested without that text', () => {
    assert.equal(onlyFinding(desk('desk: +1 555 555 1212')).suggestion, '+15555551212');
    assert.equal(onlyFinding(desk('+1 555 555 1212 ext 5')).suggestion, '+15555551212');
  });

  it('gets a result at any length', () => {
    assert.deepEqual(codesOf('mobile', { mobile: '5'.repeat(100_000) }), ['phone.too-long']);
    assert.deepEqual(codesOf('mobile', { mobile: '+1('.repeat(100_000) }).length, 1);
  });
});

describe('a phone', () => {
  it('is soft or desk in the spellings of the website, the API and people', () => {
    for (const phoneType of ['soft', 'Soft Phone', 'SOFT_PHONE', ' softphone ', '']) {
      assert.equal(userOf({ ...mary, phoneType }).phone.type, 'soft');
    }
    for (const phoneType of ['desk', 'Desk-Phone', 'DESK_PHONE', 'deskphone']) {
      const draft = { ...mary, phoneType, deskPhoneNumber: '+15555551212' };
      assert.equal(userOf(draft).phone.type, 'desk');
    }
    const finding = onlyFinding({ phoneType: 'sfot' });
    assert.deepEqual([finding.code, finding.suggestion], ['phone-type.unknown', 'soft']);
  });

  it('requires a number when it is a desk phone', () => {
    assert.equal(onlyFinding({ phoneType: 'desk' }).code, 'desk-phone.no-number');
  });

  it('with an invalid number gets no second finding about a missing number', () => {
    assert.equal(onlyFinding(desk('+1555')).code, 'phone.too-short');
  });

  it('with a number and without a type gets a finding', () => {
    const finding = onlyFinding({ deskPhoneNumber: '+15555551212' });
    assert.deepEqual([finding.field, finding.suggestion], ['phoneType', 'desk']);
  });

  it('gets a finding for a setting that its type does not have', () => {
    const warned = (draft: UserDraft) =>
      right({ ...mary, ...draft }).warnings.map((warning) => warning.problem.code);
    const soft = { phoneType: 'soft', deskPhoneNumber: '+15555551212' };
    assert.deepEqual(warned(soft), ['soft-phone.number-unused']);
    assert.deepEqual(warned({ ...desk('+15555551212'), persistentConnection: 'yes' }), [
      'desk-phone.persistent-unused',
    ]);
    assert.deepEqual(warned({ ...desk('+15555551212'), persistentConnection: 'no' }), []);
  });

  it('has auto-accept only when it is entered, if it is a desk phone', () => {
    assert.deepEqual(userOf({ ...mary, ...desk('+15555551212') }).phone, {
      type: 'desk',
      number: '+15555551212',
    });
    const draft = { ...mary, ...desk('+15555551212'), autoAccept: 'no' };
    assert.equal(userOf(draft).phone.autoAccept, false);
  });

  it('reads Excel’s yes and no in any language and case, and does not guess from a first letter', () => {
    const words = [
      ['DOĞRU YANLIŞ', 'EVET HAYIR', 'ΑΛΗΘΗΣ ΨΕΥΔΗΣ', 'ΝΑΙ ΌΧΙ', 'TAČNO NETAČNO', 'CERT FALS'],
      ['ІСТИНА ХИБНІСТЬ', 'ADEVĂRAT FALS', 'TÕENE VÄÄR', 'KYLLÄ EI', 'ĐÚNG SAI', 'SATT ÓSATT'],
    ].flat();
    for (const [yes = '', no = ''] of words.map((pair) => pair.split(' '))) {
      assert.equal(userOf({ ...mary, autoAccept: yes }).phone.autoAccept, true, yes);
      assert.equal(userOf({ ...mary, autoAccept: no }).phone.autoAccept, false, no);
      const small = no.toLocaleLowerCase('tr');
      assert.equal(userOf({ ...mary, autoAccept: small }).phone.autoAccept, false, small);
    }
    assert.equal(userOf({ ...mary, autoAccept: 'NI RES' }).phone.autoAccept, false);
    for (const autoAccept of ['yok', 'yarın', 'noch offen', 'night only']) {
      const finding = onlyFinding({ autoAccept });
      assert.deepEqual([finding.code, finding.suggestion], ['field.not-yes-or-no', undefined]);
    }
  });

  it('takes yes and no as people write them', () => {
    for (const [autoAccept, answer] of [
      ['YES', true],
      ['y', true],
      ['TRUE', true],
      ['1', true],
      ['No', false],
      ['false', false],
      ['0', false],
    ] as const) {
      assert.equal(userOf({ ...mary, autoAccept }).phone.autoAccept, answer);
    }
    const finding = onlyFinding({ autoAccept: 'yess' });
    assert.deepEqual([finding.code, finding.suggestion], ['field.not-yes-or-no', 'yes']);
  });
});

describe('after-contact work', () => {
  const secondsOf = (afterContactWorkSeconds: string) =>
    userOf({ ...mary, afterContactWorkSeconds }).afterContactWorkSeconds;

  it('is a whole number of seconds from 0 to 2,000,000', () => {
    assert.equal(secondsOf('0'), 0);
    assert.equal(secondsOf('-0'), 0);
    assert.equal(secondsOf('2000000'), 2_000_000);
    assert.equal(onlyFinding({ afterContactWorkSeconds: '2000001' }).code, 'seconds.range');
    assert.equal(onlyFinding({ afterContactWorkSeconds: '-1' }).code, 'seconds.range');
    assert.equal(onlyFinding({ afterContactWorkSeconds: '9'.repeat(400) }).code, 'seconds.range');
  });

  it('is read out of a spreadsheet’s spelling, and shown as it was taken', () => {
    const { corrections } = right({ ...mary, afterContactWorkSeconds: '060.0' });
    assert.deepEqual(corrections, [{ field: 'afterContactWorkSeconds', from: '060.0', to: '60' }]);
  });

  it('with a unit is suggested in seconds', () => {
    for (const [typed, suggestion] of [
      ['60 s', '60'],
      ['2 min', '120'],
      ['1 hour', '3600'],
      ['1:30', '90'],
      ['0:01:30', '90'],
      ['1,000', '1000'],
      ['2.5', undefined],
      ['soon', undefined],
      ['1e3', undefined],
    ] as const) {
      const finding = onlyFinding({ afterContactWorkSeconds: typed });
      assert.deepEqual(
        [finding.code, finding.suggestion],
        ['seconds.not-whole', suggestion],
        typed,
      );
    }
  });
});

describe('audio enhancement', () => {
  it('is taken in the words of the website and of the API', () => {
    for (const [voiceEnhancement, mode] of [
      ['none', 'NONE'],
      ['Isolate voice', 'VOICE_ISOLATION'],
      ['VOICE_ISOLATION', 'VOICE_ISOLATION'],
      ['suppress noise', 'NOISE_SUPPRESSION'],
      ['', undefined],
    ] as const) {
      assert.equal(userOf({ ...mary, voiceEnhancement }).voiceEnhancement, mode);
    }
    assert.deepEqual(codesOf('voiceEnhancement', { voiceEnhancement: 'louder' }), [
      'voice-enhancement.unknown',
    ]);
  });
});

describe('settings of single channels', () => {
  it('are accepted for every channel, and left out when nothing is entered', () => {
    const { channels } = userOf({
      ...mary,
      channels: {
        VOICE: {
          autoAccept: 'yes',
          agentFirstCallbackAutoAccept: 'no',
          agentFirstCallbackAfterContactWorkSeconds: '5',
        },
        CHAT: { afterContactWorkSeconds: '0' },
        TASK: { autoAccept: ' ' },
        EMAIL: {},
      },
    });
    assert.deepEqual(channels, {
      VOICE: {
        autoAccept: true,
        agentFirstCallbackAutoAccept: false,
        agentFirstCallbackAfterContactWorkSeconds: 5,
      },
      CHAT: { afterContactWorkSeconds: 0 },
    });
    assert.equal(userOf({ ...mary, channels: { CHAT: { autoAccept: '' } } }).channels, undefined);
  });

  it('say which channel and which setting is wrong', () => {
    const { text } = onlyFinding({ channels: { EMAIL: { afterContactWorkSeconds: '-1' } } });
    assert.match(text, /^After-contact work for email: “-1” is not a whole number/);
    const callback = { channels: { CHAT: { agentFirstCallbackAutoAccept: 'yes' } } };
    assert.equal(onlyFinding(callback).code, 'channel.voice-only');
  });
});
