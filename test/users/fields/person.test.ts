import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  branch,
  codesOf,
  managed,
  mary,
  onlyFinding,
  right,
  saml,
  samlMary,
  userOf,
  warningsOf,
} from '../fixtures.ts';

describe('a username', () => {
  it('has up to 100 characters, or 64 with SAML, or 20 in a directory', () => {
    assert.deepEqual(warningsOf({ ...mary, username: 'm'.repeat(20) }), []);
    for (const count of [21, 100]) {
      assert.deepEqual(warningsOf({ ...mary, username: 'm'.repeat(count) }), [
        'username.near-limit',
      ]);
    }
    assert.equal(userOf({ ...samlMary, username: 'm'.repeat(64) }, saml).username.length, 64);
    assert.equal(
      onlyFinding({ username: 'm'.repeat(101) }).text,
      'Maximum 100 characters (this has 101).',
    );
    assert.deepEqual(codesOf('username', { username: 'm'.repeat(21) }, branch), ['field.too-long']);
    assert.deepEqual(codesOf('username', { username: 'm'.repeat(65) }, saml), ['field.too-long']);
  });

  it('gets the part before the @ as a suggestion when the whole address is too long', () => {
    const username = `mary.major@${'example.'.repeat(12)}com`;
    assert.equal(onlyFinding({ username }).suggestion, 'mary.major');
  });

  it('may have only the characters that Connect documents, and gets a close suggestion', () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['josé.núñez', 'jose.nunez'],
      ["o'brien", 'obrien'],
      ['ＭＡＲＹ', 'MARY'],
      ['мария', 'mariya'],
      ['Щукин', 'Shchukin'],
      ['\u0430quinn', 'aquinn'],
      ['άγγελος', 'aggelos'],
      ['łukasz.ørsted', 'lukasz.orsted'],
      // Without these characters it would be a different person's name.
      ['太郎.yamada', undefined],
      ['აnna', undefined],
      ['anna٣', undefined],
      ['maria😀', 'maria'],
    ];
    for (const [username, suggestion] of cases) {
      const finding = onlyFinding({ username }, managed);
      assert.deepEqual([finding.code, finding.suggestion], ['username.letters', suggestion]);
      // The identity provider determines the username: with an invented one, the person could not sign in.
      if (username === "o'brien") continue;
      const sso = onlyFinding({ username, email: '' }, saml);
      assert.deepEqual([sso.code, sso.suggestion], ['username.letters', undefined]);
    }
  });

  it('is accepted as the identity provider sends it with single sign-on, with a warning', () => {
    for (const username of [
      "sinead.o'neil@x.example",
      'Role/al',
      'HARBOUR\\bo.rug',
      'cy+a@x.example',
    ]) {
      const draft = { ...samlMary, username };
      assert.equal(userOf(draft, saml).username, username);
      assert.deepEqual(
        warningsOf(draft, saml).filter((code) => /^username/.test(code)),
        ['username.unusual-letters'],
      );
    }
    for (const username of ['bo rug', 'bö.rug']) {
      assert.equal(codesOf('username', { ...samlMary, username }, saml).length, 1, username);
    }
  });

  it('is refused with spaces, and suggested without them', () => {
    const finding = onlyFinding({ username: 'mary major' });
    assert.deepEqual([finding.code, finding.suggestion], ['username.spaces', 'mary.major']);
  });

  it('is refused with an @ unless it is a whole email address', () => {
    assert.equal(userOf({ ...mary, username: 'm@example.com' }).username, 'm@example.com');
    for (const username of ['mary@example', '@mary', 'a@b@c.de', 'mary@', 'm@.de']) {
      assert.deepEqual(codesOf('username', { username }), ['username.not-an-email']);
    }
  });

  it('may have two @ with SAML, as Service Cloud Voice sends it', () => {
    const username = 'ckrug@006Ah000000JK7E@00DAu000000f110';
    assert.equal(userOf({ ...samlMary, username }, saml).username, username);
    assert.ok(warningsOf({ ...samlMary, username }, saml).includes('username.unusual-at'));
  });

  it('is accepted when it differs from an existing one in case only, with a note that names the existing user', () => {
    const checked = right({ ...mary, username: 'JDoe' });
    assert.equal(checked.user.username, 'JDoe');
    assert.deepEqual(
      checked.warnings.map((warning) => [warning.problem.code, warning.problem.params.username]),
      [['username.other-case', 'jdoe']],
    );
  });

  it('is refused when it exists already, and the next free one is suggested', () => {
    const finding = onlyFinding({ username: 'jdoe' });
    assert.equal(finding.text, '“jdoe” already exists in production.');
    assert.equal(finding.suggestion, 'jdoe3');
    assert.equal(onlyFinding({ username: 'mary@example.com' }).suggestion, 'mary2@example.com');
  });

  it('loses surrounding spaces and zero-width characters, and the finding says so', () => {
    const { user, corrections } = right({ ...mary, username: ' ma\u200Bry\uFEFF\n' });
    assert.equal(user.username, 'mary');
    assert.deepEqual(corrections, [{ field: 'username', from: ' ma\u200Bry\uFEFF\n', to: 'mary' }]);
  });
});

describe('a name', () => {
  it('may be written in any script, with the joiners it needs', () => {
    for (const name of ['Nguyễn', 'محمد', 'می‌خواهم', '葛󠄀西', 'O’Neill', 'X Æ A-12', '👩‍💻']) {
      assert.equal(userOf({ ...mary, lastName: name }).lastName, name);
    }
  });

  it('is composed (NFC), because Connect refuses decomposed letters', () => {
    assert.equal(userOf({ ...mary, firstName: 'Zoe\u0308' }).firstName, 'Zoë');
  });

  it('counts as missing when it has spaces only', () => {
    for (const blank of [
      '',
      ' ',
      '\u00A0',
      '\u200B',
      '\u3164',
      '\u2800',
      '\t\n',
      '\u200F \uFEFF',
    ]) {
      assert.deepEqual(codesOf('firstName', { firstName: blank }), ['field.missing']);
    }
  });

  it('must be on one line', () => {
    assert.equal(userOf({ ...mary, firstName: 'Mary\r\nAnn' }).firstName, 'Mary Ann');
  });

  it('must have no direction override, control character or replacement character', () => {
    assert.deepEqual(codesOf('lastName', { lastName: 'a\u202Eb' }), ['field.direction-override']);
    assert.deepEqual(codesOf('lastName', { lastName: 'a\u0000b' }), ['field.unprintable']);
    assert.deepEqual(codesOf('lastName', { lastName: 'a\uD800b' }), ['field.unprintable']);
    assert.deepEqual(codesOf('lastName', { lastName: 'M\uFFFDller' }), ['field.letters-lost']);
  });

  it('is counted in characters: an emoji is one', () => {
    assert.equal(right({ ...mary, firstName: '😀'.repeat(255) }).ok, true);
    assert.match(onlyFinding({ firstName: '😀'.repeat(256) }).text, /this has 256/);
    assert.match(onlyFinding({ lastName: 'm'.repeat(301) }).text, /300 .*this has 301/);
    assert.equal(userOf({ ...samlMary, lastName: 'm'.repeat(300) }, saml).lastName?.length, 300);
  });

  it('is accepted with a warning when AWS’s pages contradict each other about it', () => {
    const { warnings } = right({ ...mary, lastName: 'm'.repeat(257) });
    assert.deepEqual(
      warnings.map((warning) => warning.problem.code),
      ['last-name.near-limit'],
    );
    assert.deepEqual(right({ ...mary, lastName: 'm'.repeat(256) }).warnings, []);
  });
});

describe('an email address', () => {
  it('is required when the bot makes the password, and optional when a password was typed', () => {
    assert.deepEqual(codesOf('email', { email: ' ' }), ['email.needed-for-password']);
    const { warnings } = right({ ...mary, email: '', password: 'Pass@Word1' });
    assert.deepEqual(
      warnings.map((warning) => warning.problem.code),
      ['email.missing'],
    );
  });

  it('is refused unless it has the form of an email address', () => {
    for (const email of ['mary', 'mary@example', 'a b@c.de', 'a..b@c.de', '@c.de', 'a@-c.de']) {
      assert.deepEqual(codesOf('email', { email }), ['email.form'], email);
    }
  });

  it('gets a suggestion when it has a typing error', () => {
    const meant: readonly (readonly [string, string])[] = [
      ['Mary Major <mary@example.com>', 'mary@example.com'],
      ['mailto:mary@example.com', 'mary@example.com'],
      ['mary@example.com.', 'mary@example.com'],
      ['mary @example.com', 'mary@example.com'],
      ['mary@example,com', 'mary@example.com'],
      ['mary＠example.com', 'mary@example.com'],
    ];
    for (const [email, suggestion] of meant) {
      assert.equal(onlyFinding({ email }).suggestion, suggestion, email);
    }
  });

  it('is accepted with a warning when it has characters that Connect may refuse', () => {
    const { user, warnings } = right({ ...mary, email: "m.o'neill@example.com" });
    assert.equal(user.email, "m.o'neill@example.com");
    assert.deepEqual(
      warnings.map((warning) => warning.problem.code),
      ['email.unusual-letters'],
    );
  });

  it('must match the pattern in Connect’s documentation when it is for notifications', () => {
    const longest = `${'m'.repeat(253)}@example.com`;
    assert.equal(userOf({ ...mary, secondaryEmail: longest }).secondaryEmail?.length, 265);
    assert.deepEqual(codesOf('secondaryEmail', { secondaryEmail: `m${longest}` }), [
      'field.too-long',
    ]);
    assert.deepEqual(codesOf('secondaryEmail', { secondaryEmail: "o'neill@example.com" }), [
      'email.plain-letters',
    ]);
    assert.deepEqual(codesOf('secondaryEmail', { secondaryEmail: 'mary@example' }), ['email.form']);
  });
});

describe('a name', () => {
  it('is accepted with a warning when it has a note or a capital letter amid small letters', () => {
    for (const firstName of [
      'Mary (left)',
      'Mary*',
      'RenÈe',
      '[Mary]',
      'Mary <new>',
      'Mary 2',
      'Mary / Maria',
      '@mary',
      'Mary  Ann',
      'Mary 🎉',
      'Ｍａｒｙ',
      '\u041Cary',
      'FNU',
      '太郎①',
    ]) {
      assert.deepEqual(warningsOf({ ...mary, firstName }), ['name.unusual'], firstName);
    }
    for (const firstName of [
      'Renée',
      'ÉLOÏSE',
      'McIntyre',
      'Mary-Ann',
      'D’Arcy',
      'Ana "Nin"',
      'Þóra',
    ]) {
      assert.deepEqual(warningsOf({ ...mary, firstName }), [], firstName);
    }
  });

  it('with other text beside it is a finding that suggests the name alone', () => {
    const cases: readonly (readonly [string, string, string | undefined])[] = [
      ['<b>Mary</b>', 'name.markup', 'Mary'],
      ['<@U012AB3CD>', 'name.markup', undefined],
      ['Mary (she/her)', 'name.note', 'Mary'],
      ['Mary Ann [they/them]', 'name.note', 'Mary Ann'],
      ['Mary she/her', 'name.note', 'Mary'],
      ['Mary (starts in May)', 'name.note', 'Mary'],
      ['Mary 0012345', 'name.note', 'Mary'],
      ['Major, Mary', 'name.comma', 'Mary'],
      ['Other, Mary', 'name.comma', undefined],
      ['mary@example.com', 'name.address', undefined],
      ['https://hr.example/mary', 'name.address', undefined],
      ['JĂłzef', 'name.encoded-twice', 'Józef'],
    ];
    for (const [firstName, code, name] of cases) {
      const found = onlyFinding({ firstName });
      assert.deepEqual([found.code, found.suggestion], [code, name], firstName);
    }
  });

  it('in quotation marks is a finding that suggests the name without them', () => {
    for (const firstName of ['"Mary"', '“Mary”', '„Mary“', '«Mary»', "'Mary'", '‘Mary’']) {
      const { code, suggestion } = onlyFinding({ firstName });
      assert.deepEqual([code, suggestion], ['name.quoted', 'Mary'], firstName);
    }
  });
});
