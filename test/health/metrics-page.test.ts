/** The documentation, alerts and dashboard name only metrics that exist, and together they name all of them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { parse } from 'yaml';
import { meters } from '../../src/operations/meters.ts';

const page = readFileSync('docs/metrics.md', 'utf8');
const runbooks = readFileSync('docs/runbooks.md', 'utf8');

/** Node's default metrics, which every process has. */
async function usualMetrics() {
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  const metrics = await process.getMetricsAsJSON();
  process.clear();
  return metrics;
}

/** Names as Prometheus scrapes them: a histogram has three series. */
async function scraped(): Promise<Set<string>> {
  const names = [...(await meters.getMetricsAsJSON()), ...(await usualMetrics())];
  return new Set(
    names.flatMap(({ name, type }) =>
      String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  );
}

/** The metric names in a PromQL expression: every word that is not a function, label, keyword or number. */
function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(/\{[^}]*\}/g, '')
    .replace(/"[^"]*"/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/\b([a-zA-Z_:][\w:]*)\b(?!\s*\()/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !['offset', 'and', 'or', 'unless', 'up'].includes(name) && name.length > 2);
}

type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
};

const rules = (
  parse(readFileSync('deploy/monitoring/alerts.yaml', 'utf8')) as {
    groups: { rules: Alert[] }[];
  }
).groups.flatMap((group) => group.rules);

const dashboard = JSON.parse(readFileSync('deploy/monitoring/grafana-dashboard.json', 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

describe('metrics', () => {
  test('docs/metrics.md has every metric of the bot with its help, and no other', async () => {
    // If another test in this process has served the health endpoints, Node's default metrics are registered as well.
    const usual = new Set((await usualMetrics()).map(({ name }) => name));
    const all = (await meters.getMetricsAsJSON()).filter(({ name }) => !usual.has(name));
    assert.ok(all.length > 10);
    for (const { name, help } of all)
      assert.ok(page.includes(`\`${name}\``) && page.includes(help), name);
    const [metrics = ''] = page.split('## Traces');
    const told = [...metrics.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
    assert.deepEqual(told.sort(), all.map(({ name }) => name).sort());
  });

  test('every metric of an alert or a panel exists', async () => {
    const known = await scraped();
    const expressions = [
      ...rules.map((rule) => rule.expr),
      ...dashboard.panels.flatMap((panel) => panel.targets.map((target) => target.expr)),
    ];
    assert.ok(expressions.length > 20);
    const used = expressions.flatMap(metricsIn);
    assert.ok(used.length >= expressions.length);
    assert.deepEqual(
      used.filter((name) => !known.has(name)),
      [],
    );
  });

  test('every alert has a runbook under its name', () => {
    for (const { alert, annotations } of rules) {
      assert.ok(runbooks.includes(`\n## ${alert}\n`), alert);
      assert.equal(annotations.runbook, `docs/runbooks.md#${alert.toLowerCase()}`);
    }
  });
});
