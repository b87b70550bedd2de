/**
 * Renders the Kustomizations in deploy/ without `kubectl kustomize`. It supports only the features that they use; any
 * other one is an error. Where kubectl is installed, a test compares the results.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** One Kubernetes object. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  readonly [member: string]: unknown;
};

const patchStep = z.strictObject({
  op: z.enum(['add', 'replace']),
  path: z.string(),
  value: z.unknown(),
});

const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  labels: z
    .array(
      z.strictObject({
        pairs: z.record(z.string(), z.string()),
        includeSelectors: z.literal(true),
      }),
    )
    .default([]),
  configMapGenerator: z
    .array(z.strictObject({ name: z.string(), files: z.array(z.string()) }))
    .default([]),
  images: z
    .array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() }))
    .default([]),
  patches: z
    .array(
      z.strictObject({
        target: z.strictObject({ kind: z.string(), name: z.string() }),
        patch: z.string(),
      }),
    )
    .default([]),
});

/** @param folder with a kustomization.yaml */
export function render(folder: string): Manifest[] {
  const told = kustomization.parse(
    parse(readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8')),
  );
  const manifests = told.resources.flatMap((name) => read(path.join(folder, name)));
  for (const { pairs } of told.labels) for (const manifest of manifests) addLabels(manifest, pairs);
  for (const { target, patch } of told.patches) {
    const steps = z.array(patchStep).parse(parse(patch));
    const found = manifests.filter(
      ({ kind, metadata }) => kind === target.kind && metadata.name === target.name,
    );
    if (found.length !== 1)
      throw new Error(`${found.length} objects for ${JSON.stringify(target)}`);
    for (const manifest of found) for (const step of steps) applyStep(manifest, step);
  }
  const generated = told.configMapGenerator.map(({ name, files }): Manifest => {
    const data = Object.fromEntries(
      files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
    );
    const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 10);
    for (const manifest of manifests) renameConfigMap(manifest, name, `${name}-${hash}`);
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-${hash}` }, data };
  });
  const all = [...manifests, ...generated];
  for (const image of told.images) for (const manifest of all) renameImage(manifest, image);
  if (told.namespace !== undefined)
    for (const manifest of all) manifest.metadata.namespace = told.namespace;
  return all;
}

function read(file: string): Manifest[] {
  if (statSync(file).isDirectory()) return render(file);
  return parseAllDocuments(readFileSync(file, 'utf8')).map(
    (document) => document.toJS() as Manifest,
  );
}

/** Labels of the object, of a Deployment's pods and selector, and of a Service's selector. */
function addLabels(manifest: Manifest, pairs: Readonly<Record<string, string>>): void {
  manifest.metadata.labels = { ...manifest.metadata.labels, ...pairs };
  if (manifest.kind === 'Deployment') {
    merge(manifest, ['spec', 'selector', 'matchLabels'], pairs);
    merge(manifest, ['spec', 'template', 'metadata', 'labels'], pairs);
  }
  if (manifest.kind === 'Service') merge(manifest, ['spec', 'selector'], pairs);
}

function merge(target: object, way: readonly string[], pairs: object): void {
  let place = target as Record<string, unknown>;
  for (const step of way) {
    place[step] ??= {};
    place = place[step] as Record<string, unknown>;
  }
  Object.assign(place, pairs);
}

/** https://www.rfc-editor.org/rfc/rfc6902, `add` and `replace` of a member. */
function applyStep(manifest: Manifest, step: z.infer<typeof patchStep>): void {
  const parts = step.path.split('/').slice(1);
  const last = parts.pop() ?? '';
  let place: unknown = manifest;
  for (const part of parts) place = (place as Record<string, unknown>)[part];
  if (typeof place !== 'object' || place === null) throw new Error(`nothing at ${step.path}`);
  if (step.op === 'replace' && !(last in place)) throw new Error(`nothing at ${step.path}`);
  Object.assign(place, { [last]: step.value });
}

function renameConfigMap(manifest: Manifest, name: string, newName: string): void {
  everyObject(manifest, (found) => {
    const { configMap } = found as { configMap?: { name?: string } };
    if (configMap?.name === name) configMap.name = newName;
  });
}

function renameImage(
  manifest: Manifest,
  image: { readonly name: string; readonly newName: string; readonly newTag: string },
): void {
  everyObject(manifest, (found) => {
    const container = found as { image?: unknown };
    if (container.image === image.name) container.image = `${image.newName}:${image.newTag}`;
  });
}

export function everyObject(value: unknown, look: (found: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  look(value);
  for (const member of Object.values(value)) everyObject(member, look);
}
