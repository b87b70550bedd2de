/** The files in deploy/ are valid and agree with the code. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseAllDocuments, parseDocument } from 'yaml';
import { allOperations } from '../src/iam-policy/iam-policy.ts';

type Manifest = {
  readonly scripts: { readonly start: string };
};

const start = (JSON.parse(readFileSync('package.json', 'utf8')) as Manifest).scripts.start;
/** node's flags and the file, as in `npm start`. */
const command = start.slice(start.lastIndexOf('node ') + 'node '.length);
const allocator = start.match(/MALLOC_\w+=\d+/g) ?? [];

const dockerfile = readFileSync('deploy/docker/Dockerfile', 'utf8');
const unit = readFileSync('deploy/systemd/connect-add-user.service', 'utf8');
const template = readFileSync('deploy/aws/template.yaml', 'utf8');

describe('the files in deploy/', () => {
  for (const file of globSync('deploy/**/*.yaml')) {
    test(`${file} is YAML without an error or a warning`, () => {
      // CloudFormation's short forms (!Ref) are tags that the parser does not know.
      const documents = parseAllDocuments(readFileSync(file, 'utf8'), { logLevel: 'silent' });
      assert.ok(Array.isArray(documents) && documents.length > 0);
      for (const document of documents) {
        assert.deepEqual(document.errors, []);
        const warnings = document.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED');
        assert.deepEqual(warnings, []);
      }
    });
  }

  test('every way of starting gives node the same flags as npm start', () => {
    const flags = command.split(' ');
    assert.ok(flags.length > 3 && allocator.length === 3);
    assert.ok(
      dockerfile.includes(`CMD ${JSON.stringify(['node', ...flags]).replaceAll(',', ', ')}`),
    );
    assert.ok(unit.includes(`ExecStart=/usr/bin/node ${command}\n`));
    assert.ok(template.includes(`exec node ${command}\n`));
    assert.match(
      template,
      /writeFileSync\('\/tmp\/rds\.pem'.*sslmode=verify-full&sslrootcert=\/tmp\/rds\.pem"/s,
    );
    for (const setting of allocator) {
      assert.ok(dockerfile.includes(setting) && unit.includes(setting), setting);
    }
  });

  test('the image has no development dependency and does not run as root', () => {
    assert.match(dockerfile, /npm ci --omit=dev --ignore-scripts/);
    assert.match(dockerfile, /^USER node$/m);
    assert.match(dockerfile, /^HEALTHCHECK /m);
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    assert.ok(sources.length > 3 && ignored.includes('*'));
    for (const source of sources) assert.ok(ignored.includes(`!${source}`), source);
  });

  test('bash can parse the script that tries the image', () => {
    assert.equal(execFileSync('bash', ['-n', 'deploy/docker/try.sh'], { encoding: 'utf8' }), '');
  });

  test('the task role of the template allows exactly what the bot calls', () => {
    const allowed = new Set(
      [...template.matchAll(/^\s+- connect:(\w+)$/gm)].map((match) => match[1]),
    );
    assert.deepEqual([...allowed].sort(), [...allOperations].sort());
  });

  test('every file that the Kustomize files name exists', () => {
    for (const file of globSync('deploy/kubernetes/**/kustomization.yaml')) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      const { resources = [], configMapGenerator = [] } = parseDocument(
        readFileSync(file, 'utf8'),
      ).toJS() as { resources?: string[]; configMapGenerator?: { files: string[] }[] };
      const names = [...resources, ...configMapGenerator.flatMap(({ files }) => files)];
      assert.ok(names.length > 0);
      for (const name of names) assert.equal(globSync(`${folder}/${name}`).length, 1, name);
    }
  });
});
