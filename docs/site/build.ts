/** `npm run docs:build [-- FOLDER]`: writes the documentation as a site. `--check` only says which links do not exist. */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nav } from './nav.ts';
import { buildSite } from './site.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
});
const { files, broken } = buildSite(process.cwd(), nav);
const listed = nav.flatMap(({ pages }) => pages);
const missing = [...globSync('docs/*.md'), ...globSync('*.md')].filter(
  (page) => !listed.includes(page),
);
for (const page of missing) process.stderr.write(`${page} is in no group of docs/site/nav.ts\n`);
for (const link of broken) process.stderr.write(`leads nowhere: ${link}\n`);
if (broken.length + missing.length > 0) process.exit(1);
if (!values.check) {
  const folder = positionals[0] ?? 'site';
  rmSync(folder, { recursive: true, force: true });
  for (const [file, content] of files) {
    const whole = path.join(folder, file);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, content);
  }
  process.stdout.write(`${folder}: ${files.size} files; open ${folder}/index.html\n`);
}
