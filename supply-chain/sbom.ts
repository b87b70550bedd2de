/**
 * `npm run sbom [-- FILE]`: writes the bill of materials of a production installation (CycloneDX, by npm itself) out of
 * the lock file, and lists the licenses. Nothing is downloaded.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

type License = {
  readonly license?: { readonly id?: string; readonly name?: string };
  readonly expression?: string;
};
type Component = { readonly name: string; readonly licenses?: readonly License[] };
type Sbom = {
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly version: string } };
  readonly components: readonly Component[];
};

const file = process.argv[2] ?? 'sbom.cdx.json';

// https://docs.npmjs.com/cli/v11/commands/npm-sbom
const text = execFileSync(
  'npm',
  [
    'sbom',
    '--sbom-format=cyclonedx',
    '--sbom-type=application',
    '--omit=dev',
    '--package-lock-only',
  ],
  { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 },
);
const sbom = JSON.parse(text) as Sbom;
// npm names the application after its folder.
const component = { ...sbom.metadata.component, name: 'connect-add-user' };
const named = { ...sbom, metadata: { ...sbom.metadata, component } };
writeFileSync(file, `${JSON.stringify(named, null, 2)}\n`);

const byLicense = Map.groupBy(sbom.components, licenseOf);
process.stdout.write(
  `${file}: ${sbom.components.length} packages, CycloneDX ${sbom.specVersion}\n`,
);
for (const [license, packages] of [...byLicense].sort(
  (left, right) => right[1].length - left[1].length,
)) {
  const names = packages.length > 10 ? '' : `: ${packages.map(({ name }) => name).join(', ')}`;
  process.stdout.write(`${license.padEnd(20)} ${packages.length}${names}\n`);
}

function licenseOf({ licenses = [] }: Component): string {
  const [first] = licenses;
  return first?.expression ?? first?.license?.id ?? first?.license?.name ?? 'none named';
}
