/** The rules for Prometheus and the dashboard for Grafana are valid, and their expressions are valid PromQL. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';

/** https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
const rulesFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^ConnectAddUser\w+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

const rules = rulesFile
  .parse(parse(readFileSync('deploy/monitoring/alerts.yaml', 'utf8')))
  .groups.flatMap((group) => group.rules);

const dashboard = JSON.parse(readFileSync('deploy/monitoring/grafana-dashboard.json', 'utf8')) as {
  panels: {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string }[];
  }[];
};

/** The parts that Prometheus' own grammar cannot parse. */
function mistakesIn(expression: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from }) => {
      if (type.isError) found.push(`${expression.slice(0, from)} ⟨here⟩ ${expression.slice(from)}`);
    },
  });
  return found;
}

describe('monitoring', () => {
  test('every expression is PromQL', () => {
    const expressions = [
      ...rules.map((rule) => rule.expr),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    assert.ok(expressions.length > 20);
    assert.deepEqual(expressions.flatMap(mistakesIn), []);
    assert.equal(mistakesIn('sum by (le (rate(x[5m])))').length > 0, true, 'a mistake is found');
  });

  test('alerts have different names, and name labels in their summary that the expression keeps', () => {
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    for (const { alert, expr, annotations } of rules) {
      for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) {
        assert.match(expr, new RegExp(`by \\([^)]*\\b${label}\\b[^)]*\\)`), `${alert}: ${label}`);
      }
    }
  });

  test('panels of the dashboard do not overlap and have ids of their own', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    assert.equal(new Set(cells).size, cells.length);
    assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length);
  });
});
