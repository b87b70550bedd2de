/** Whether and where traces are sent: OpenTelemetry's variables, which its own tools use as well. */
import type { Logger } from 'pino';
import type { OtlpSink } from './otlp.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type TracedProcess = {
  readonly version: string;
  readonly replica: string;
};

/**
 * Null unless OTEL_EXPORTER_OTLP_ENDPOINT is set; the code that sends is loaded only then.
 *
 * @throws an Error with a sentence for the operator when a variable cannot be used
 */
export async function startTracing(
  env: Environment,
  bot: TracedProcess,
  log: Pick<Logger, 'warn'>,
): Promise<OtlpSink | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  if (!endpoint) return null;
  const url = URL.parse(endpoint);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(
      'OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https address, such as http://localhost:4318.',
    );
  }
  const { createOtlpSink } = await import('./otlp.ts');
  // https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return createOtlpSink({
    url: url.href,
    headers: headersOf(env.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    resource: {
      'service.name': env.OTEL_SERVICE_NAME?.trim() || 'connect-add-user',
      'service.version': bot.version,
      'service.instance.id': bot.replica,
    },
    log,
  });
}

/** `name=value` separated by commas, percent-encoded; usually a key, so errors never contain the value. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=(.*)$/.exec(pair) ?? [];
      if (!name) {
        throw new Error(
          'OTEL_EXPORTER_OTLP_HEADERS is not a list of name=value with commas between.',
        );
      }
      return [name.toLowerCase(), decodeURIComponent((value ?? '').trim())];
    }),
  );
}
