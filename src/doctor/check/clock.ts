/** Compares this machine's clock with a server's, using the `Date` header of its answer. */
import { fail, type Line, pass, runCheck, skip, warn } from './line.ts';

/** AWS and Slack's verification both refuse signatures with a clock difference of five minutes. */
const tooFarSeconds = 240;
const farSeconds = 30;

/** Any answer is sufficient, including a refusal. */
export function clockLine(name: string, url: string): Promise<Line> {
  return runCheck(
    name,
    async () => {
      const before = Date.now();
      const answer = await fetch(url, { method: 'GET', signal: AbortSignal.timeout(5_000) });
      await answer.body?.cancel();
      const after = Date.now();
      const told = Date.parse(answer.headers.get('date') ?? '');
      if (Number.isNaN(told)) return skip(`${new URL(url).host} does not tell the time`);
      // The header has a resolution of whole seconds.
      const seconds = Math.round(((before + after) / 2 - told - 500) / 1000);
      const words = `this machine’s clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} that of ${new URL(url).host}`;
      if (Math.abs(seconds) >= tooFarSeconds) {
        return fail(
          words,
          'Set the clock (NTP): signatures are refused when it is five minutes off.',
        );
      }
      if (Math.abs(seconds) >= farSeconds) return warn(words, 'Let NTP set the clock.');
      return pass('within half a minute');
    },
    () => skip(`${new URL(url).host} could not be reached`),
  );
}
