/**
 * docs/dependencies.md states the purpose of each production dependency, and lists every package that comes with it.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  isOfAws,
  type ProductionPackage,
  productionPackages,
} from '../../supply-chain/production-packages.ts';

const file = 'docs/dependencies.md';
const heading = '## Every package\n';
const direct = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> })
    .dependencies,
);
const all = productionPackages();

/** Packages grouped by the dependencies that require them. */
function everyPackage(packages: readonly ProductionPackage[]): string {
  const others = packages.filter(({ name }) => !isOfAws(name));
  const onEveryPlatform = others.filter(({ isOptional }) => !isOptional);
  const types = onEveryPlatform.filter(({ name }) => name.startsWith('@types/'));
  const bolt = onEveryPlatform.filter(({ broughtBy }) => broughtBy.join() === '@slack/bolt');
  const groups = Map.groupBy(others, ({ broughtBy }) =>
    broughtBy.map((name) => `\`${name}\``).join(', '),
  );
  return `
${packages.length - others.length} packages are the AWS SDK's own. Beyond them \`npm ci --omit=dev\` installs ${onEveryPlatform.length}, ${types.length} of which are
types without code, and the embedded Postgres of one platform. That is more than the 60 that we would like: ${bolt.length} of them
come with Bolt alone, which depends on Express, on OAuth and on types of both for receivers that this bot does not use. They
cannot be left out without changing Bolt; everything else is ${onEveryPlatform.length - bolt.length}.

| Comes with | Packages |
|---|---|
${[...groups]
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([by, group]) => `| ${by} | ${[...new Set(group.map(({ name }) => name))].join(', ')} |`)
  .join('\n')}
`;
}

describe('the page of dependencies', () => {
  test('says what each production dependency is for', () => {
    const [text = ''] = readFileSync(file, 'utf8').split(heading);
    const told = [...text.matchAll(/^\| `([^`]+)` \| .{10,} \|$/gm)].map((row) => row[1]);
    assert.deepEqual(told.toSorted(), direct.toSorted());
  });

  test('lists every package of the lock file under what brings it', () => {
    assert.ok(all.length > 100);
    const text = readFileSync(file, 'utf8');
    const before = text.slice(0, text.indexOf(heading) + heading.length);
    const expected = before + everyPackage(all);
    if (process.env.UPDATE_DOCS) writeFileSync(file, expected);
    assert.equal(readFileSync(file, 'utf8'), expected);
  });
});

describe('production packages', () => {
  test('have licenses that allow using them without publishing our own code', () => {
    const allowed = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];
    const others = all.filter(
      ({ license = '' }) => !allowed.includes(license) && license !== '(MIT OR CC0-1.0)',
    );
    assert.deepEqual(
      others.map(({ name, license }) => `${name}: ${license}`),
      [],
    );
  });

  test('grow only on purpose', () => {
    const others = all.filter(({ name, isOptional }) => !isOfAws(name) && !isOptional);
    assert.ok(others.length <= 170, `${others.length} packages beyond the AWS SDK's own`);
  });
});
