/** The Kubernetes example is valid for the API, and its parts are consistent with each other and with the bot. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { everyObject, type Manifest, render } from './kustomize.ts';

const folders = globSync('deploy/kubernetes/**/kustomization.yaml').map((file) =>
  path.dirname(file),
);
const production = render('deploy/kubernetes/overlays/production');
const ofKind = (kind: string) => {
  const found = production.filter((manifest) => manifest.kind === kind);
  assert.equal(found.length, 1, kind);
  return found[0] as Manifest;
};

/** The validator that `kubernetes-models` generated from the API's own OpenAPI description. */
async function validatorOf({ apiVersion, kind }: Manifest) {
  const group = apiVersion === 'v1' ? 'v1' : apiVersion;
  const models = (await import(`kubernetes-models/${group}/${kind}`)) as Record<
    string,
    new (
      data: unknown,
    ) => { validate(): void }
  >;
  const Model = models[kind];
  assert.ok(Model, `${apiVersion} ${kind}`);
  return (data: unknown) => new Model(data).validate();
}

describe('the Kubernetes example', () => {
  for (const folder of folders) {
    test(`${folder}: every object is valid for its version of the API`, async () => {
      const manifests = render(folder);
      assert.ok(manifests.length >= 5);
      for (const manifest of manifests) (await validatorOf(manifest))(manifest);
    });
  }

  test('a mistake would be found', async () => {
    const deployment = structuredClone(ofKind('Deployment'));
    const validate = await validatorOf(deployment);
    (deployment.spec as { replicas: unknown }).replicas = 'two';
    assert.throws(() => validate(deployment), /replicas/);
  });

  test('is what kubectl kustomize makes of it, where kubectl is installed', async (t) => {
    const run = promisify(execFile);
    const isThere = await run('kubectl', ['kustomize', '--help']).then(
      () => true,
      () => false,
    );
    if (!isThere) return t.skip('kubectl is not installed');
    const named = (manifests: readonly Manifest[]) =>
      manifests
        .map((manifest) => JSON.parse(withoutHash(JSON.stringify(manifest))) as Manifest)
        .sort((left, right) => (left.kind < right.kind ? -1 : 1));
    for (const folder of folders) {
      const { stdout } = await run('kubectl', ['kustomize', folder]);
      const made = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
      assert.deepEqual(named(render(folder)), named(made), folder);
    }
  });

  test('selectors choose the pods of the bot, and nobody else', () => {
    const { spec } = ofKind('Deployment') as unknown as {
      spec: {
        selector: { matchLabels: object };
        template: { metadata: { labels: object }; spec: object };
      };
    };
    const labels = spec.template.metadata.labels;
    assert.deepEqual(labels, { 'app.kubernetes.io/name': 'connect-add-user' });
    const selectors = [
      spec.selector,
      (ofKind('PodDisruptionBudget').spec as { selector: unknown }).selector,
      (ofKind('NetworkPolicy').spec as { podSelector: unknown }).podSelector,
    ];
    for (const selector of selectors) assert.deepEqual(selector, { matchLabels: labels });
    assert.deepEqual((ofKind('Service').spec as { selector: unknown }).selector, labels);
  });

  test('two replicas with probes that the bot answers, secrets by reference, and no rights', () => {
    const deployment = ofKind('Deployment');
    const text = JSON.stringify(deployment);
    assert.equal((deployment.spec as { replicas: number }).replicas, 2);
    const probes = [...text.matchAll(/"(\w+Probe)":\{[^}]*"path":"([^"]+)"/g)].map((found) => [
      found[1],
      found[2],
    ]);
    assert.deepEqual(Object.fromEntries(probes), {
      startupProbe: '/healthz',
      readinessProbe: '/readyz',
      livenessProbe: '/healthz',
    });
    const server = readFileSync('src/health/health-server.ts', 'utf8');
    for (const [, probe = ''] of probes) assert.ok(server.includes(`'${probe}'`), probe);
    everyObject(deployment, (found) => {
      const { name, value } = found as { name?: string; value?: string };
      if (/TOKEN|SECRET|KEY|DATABASE_URL/.test(name ?? ''))
        assert.match(value ?? '', /^\/secrets\//);
    });
    assert.match(text, /"readOnlyRootFilesystem":true/);
    assert.match(text, /"runAsNonRoot":true/);
    assert.match(text, /"drop":\["ALL"\]/);
    assert.ok(existsSync('deploy/kubernetes/overlays/production/config.yaml'));
  });
});

/** kustomize and this renderer use different hashes in the name of a generated ConfigMap. */
function withoutHash(text: string): string {
  return text.replaceAll(/"connect-add-user-[0-9a-z]{10}"/g, '"connect-add-user-HASH"');
}
