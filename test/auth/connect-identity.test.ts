import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Identity, identify, trustedAddress } from '../../src/auth/connect-identity.ts';
import type { StoredLink } from '../../src/auth/stored-links.ts';
import type { IdentityPolicy, IdentityWay } from '../../src/config/config.ts';
import { explain } from '../../src/errors/problem.ts';
import type { SlackPerson } from '../../src/slack/slack-person.ts';
import { identityPolicy, personOf } from './people.ts';

type Facts = {
  readonly person?: Partial<SlackPerson>;
  readonly policy?: Partial<IdentityPolicy>;
  readonly usernames?: readonly string[];
  readonly storedLink?: StoredLink | null;
};

/** The Connect identity of a person in an instance with these usernames. */
function whoIs({ person, policy, usernames = [], storedLink = null }: Facts): Identity {
  return identify(
    personOf(person),
    { ...identityPolicy, ...policy },
    {
      instance: 'production',
      storedLink,
      usersNamed: (wanted) =>
        usernames
          .filter((username) => username.toLowerCase() === wanted.toLowerCase())
          .map((username) => ({ id: `id of ${username}`, username })),
    },
  );
}

function known(facts: Facts): string {
  const identity = whoIs(facts);
  if (identity.kind === 'known') return `${identity.username} by ${identity.way}`;
  return identity.problem.code;
}

describe('which Connect user a Slack person is', () => {
  describe('by a link of the policy file', () => {
    const links = { U0ARI: 'Boss' };

    test('is the user that the link names, in whatever case', () => {
      assert.equal(known({ policy: { links }, usernames: ['boss', 'ari'] }), 'boss by link');
    });

    test('needs no email address, and none of a trusted domain', () => {
      const policy = { links };
      assert.equal(
        known({ policy, usernames: ['boss'], person: { email: 'x@evil.test' } }),
        'boss by link',
      );
      const { email: _none, ...bare } = personOf();
      const identity = identify(
        bare,
        { ...identityPolicy, links },
        {
          instance: 'production',
          storedLink: null,
          usersNamed: () => [{ id: '1', username: 'boss' }],
        },
      );
      assert.equal(identity.kind, 'known');
    });

    test('a link that an admin confirmed counts when the policy file has none, and only for the user it was confirmed for', () => {
      const storedLink = { userId: 'id of boss', username: 'boss' };
      const usernames = ['boss', 'ari'];
      assert.equal(known({ storedLink, usernames }), 'boss by link');
      assert.equal(
        known({ storedLink, usernames, policy: { links: { U0ARI: 'ari' } } }),
        'ari by link',
      );
      assert.equal(
        known({ storedLink, usernames, policy: { ways: ['email'] } }),
        'identity.no-match',
      );
      // The user was deleted, or created again with the same username, so it is a different user.
      assert.equal(known({ storedLink, usernames: ['ari'] }), 'identity.link-dead');
      const another = { ...storedLink, userId: 'an older id' };
      assert.equal(known({ storedLink: another, usernames }), 'identity.link-dead');
    });

    test('a link to an unknown username stops the search, so that no other user is found instead', () => {
      assert.equal(
        known({ policy: { links }, usernames: ['ari@example.com', 'ari'] }),
        'identity.link-dead',
      );
    });

    test('identifies no person but the one it was written for', () => {
      assert.equal(
        known({ policy: { links: { U0TARA: 'ari' } }, usernames: ['ari'] }),
        'ari by email-local-part',
      );
    });
  });

  describe('by the whole email address', () => {
    test('is the user of that name, in whatever case on either side', () => {
      const person = { email: ' Ari@Example.COM ' };
      assert.equal(known({ person, usernames: ['ARI@example.com'] }), 'ARI@example.com by email');
    });
  });

  describe('by the name before the @', () => {
    test('is the user of that name', () => {
      assert.equal(known({ usernames: ['Ari'] }), 'Ari by email-local-part');
    });

    test('counts in one domain only, and identifies nobody in another trusted domain', () => {
      const person = { email: 'ari@example.org' };
      assert.equal(known({ usernames: ['ari'], person }), 'identity.no-match');
    });

    test('counts in no domain of an instance that the policy gives none', () => {
      const policy = { localPartDomains: {} };
      assert.equal(known({ usernames: ['ari'], policy }), 'identity.no-match');
      const oneDomain = { localPartDomains: {}, emailDomains: ['example.com'] };
      assert.equal(known({ usernames: ['ari'], policy: oneDomain }), 'ari by email-local-part');
    });
  });

  describe('whatever the way', () => {
    test('goes in the order of the policy, and the first that finds somebody decides', () => {
      const usernames = ['boss', 'ari', 'ari@example.com'];
      const links = { U0ARI: 'boss' };
      const orders: [IdentityWay[], string][] = [
        [['link', 'email', 'email-local-part'], 'boss by link'],
        [['email', 'email-local-part', 'link'], 'ari@example.com by email'],
        [['email-local-part', 'link', 'email'], 'ari by email-local-part'],
        [['link'], 'boss by link'],
      ];
      for (const [ways, expected] of orders) {
        assert.equal(known({ policy: { ways, links }, usernames }), expected);
      }
    });

    test('identifies nobody when two usernames differ in case only, because a guess could be wrong', () => {
      for (const usernames of [
        ['ari', 'Ari'],
        ['ari@example.com', 'ARI@example.com', 'ari'],
      ]) {
        const identity = whoIs({ usernames });
        assert.ok(identity.kind === 'unknown');
        assert.equal(identity.problem.code, 'identity.ambiguous');
      }
      assert.equal(
        known({ policy: { links: { U0ARI: 'boss' } }, usernames: ['boss', 'BOSS', 'ari'] }),
        'identity.ambiguous',
      );
    });

    test('accepts no address of an untrusted domain, nor of a domain that merely ends with a trusted one', () => {
      for (const email of [
        'ari@evil.test',
        'ari@notexample.com',
        'ari@example.com.evil.test',
        'ari@mail.example.com',
        'ari@example.com@evil.test',
      ]) {
        assert.equal(
          known({ person: { email }, usernames: ['ari', email] }),
          'identity.foreign-domain',
          email,
        );
      }
    });

    test('finds a person of a foreign domain by a link that comes later in the order', () => {
      const policy = { ways: ['email', 'link'] as const, links: { U0ARI: 'boss' } };
      assert.equal(
        known({ person: { email: 'a@evil.test' }, policy, usernames: ['boss'] }),
        'boss by link',
      );
    });

    test('identifies nobody without an address or a link, and says what was tried', () => {
      for (const email of ['', '   ', 'ari', '@example.com']) {
        const identity = whoIs({ person: { email }, usernames: ['ari', ''] });
        assert.ok(identity.kind === 'unknown');
        assert.match(
          explain(identity.problem),
          /which user in production you are: you are not linked to a user, Slack shows me no email address of yours/,
        );
      }
    });

    test('says which names it looked for', () => {
      const identity = whoIs({});
      assert.ok(identity.kind === 'unknown');
      assert.match(
        explain(identity.problem),
        /no user is called “ari@example.com”, no user is called “ari”\./,
      );
    });

    test('identifies nobody when the policy configures no way of identification', () => {
      const identity = whoIs({ policy: { ways: [] }, usernames: ['ari'] });
      assert.ok(identity.kind === 'unknown');
      assert.match(explain(identity.problem), /the policy file names no way to tell/);
    });

    test('identifies only existing users, and only the user that the configured way names', () => {
      const word = fc.constantFrom<string>(
        'ari',
        'Ari',
        'boss',
        'ari@example.com',
        'ARI@EXAMPLE.COM',
        'ari@evil.test',
        'sam',
      );
      const way = fc.constantFrom<IdentityWay>('link', 'email', 'email-local-part');
      fc.assert(
        fc.property(
          fc.uniqueArray(word),
          fc.uniqueArray(way),
          fc.option(word, { nil: undefined }),
          fc.option(word, { nil: undefined }),
          (usernames, ways, email, link) => {
            const { email: _none, ...bare } = personOf();
            const person = email === undefined ? bare : { ...bare, email };
            const links = link === undefined ? {} : { U0ARI: link };
            const identity = identify(
              person,
              { ...identityPolicy, ways, links },
              {
                instance: 'production',
                storedLink: null,
                usersNamed: (name) =>
                  usernames
                    .filter((username) => username.toLowerCase() === name.toLowerCase())
                    .map((username) => ({ id: username, username })),
              },
            );
            if (identity.kind === 'unknown') return;
            assert.ok(usernames.includes(identity.username) && ways.includes(identity.way));
            const name = identity.username.toLowerCase();
            const alike = usernames.filter((username) => username.toLowerCase() === name);
            assert.equal(alike.length, 1);
            const byWay = {
              link: link?.toLowerCase(),
              email: email?.toLowerCase(),
              'email-local-part': email?.toLowerCase().split('@')[0],
            }[identity.way];
            assert.equal(name, byWay);
            if (identity.way !== 'link') assert.ok(/@example\.(com|org)$/i.test(email ?? ''));
            if (identity.way === 'email-local-part') assert.match(email ?? '', /@example\.com$/i);
          },
        ),
      );
    });
  });
});

describe('an address that the bot trusts', () => {
  test('is lower case, without surrounding spaces, in two parts', () => {
    assert.deepEqual(trustedAddress(personOf({ email: ' A.B+c@Example.ORG\n' }), identityPolicy), {
      kind: 'address',
      address: 'a.b+c@example.org',
      localPart: 'a.b+c',
      domain: 'example.org',
    });
  });

  test('is never an address of another domain, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.emailAddress(), (text, address) => {
        for (const email of [text, address]) {
          const trusted = trustedAddress(personOf({ email }), identityPolicy);
          if (trusted.kind !== 'address') continue;
          assert.ok(identityPolicy.emailDomains.includes(trusted.domain));
          assert.equal(`${trusted.localPart}@${trusted.domain}`, email.trim().toLowerCase());
        }
      }),
    );
  });
});
