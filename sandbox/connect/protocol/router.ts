/**
 * Finds the operation for a request line, and the labels in its path, from the model's HTTP bindings. A label is one
 * path segment, so an ARN must be percent-encoded, as every SDK sends it.
 */
import { model, type OperationModel } from './model.ts';

type Route = { operation: OperationModel; segments: string[] };

const routes: readonly Route[] = Object.values(model.operations).map((operation) => ({
  operation,
  segments: operation.http.requestUri.split('/'),
}));

export type Match = {
  operation: OperationModel;
  /** Label name → decoded segment. An empty segment is still a label, which the model's `min` refuses. */
  labels: Record<string, string>;
};

/**
 * @param path the raw path, still percent-encoded, without the query.
 * @throws URIError when a segment is not valid percent-encoding.
 */
export function route(method: string, path: string): Match | undefined {
  const given = path.split('/');
  for (const { operation, segments } of routes) {
    if (operation.http.method !== method || segments.length !== given.length) continue;
    const labels = readLabels(segments, given);
    if (labels) return { operation, labels };
  }
  return undefined;
}

function readLabels(
  segments: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    const label = /^\{(.+)\}$/.exec(segment)?.[1];
    if (label) labels[label] = decodeURIComponent(value);
    else if (segment !== value) return undefined;
  }
  return labels;
}
