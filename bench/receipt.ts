/**
 * Measures the time from pressing Approve to the receipt in the thread, for requests that follow each other without a
 * pause.
 */
import { eventually } from '../test/scenarios/sandbox-calls.ts';
import { mary } from '../test/scenarios/stage.ts';
import { type Center, withCenter } from './contact-center.ts';
import { type Bench, percentile } from './measurement.ts';

const hires = 20;

export const receipt: Bench = {
  name: 'receipt',
  about: `approve to receipt, ${hires} hires back to back, with Slack’s rates`,
  run(say) {
    const rates = { ratePerSecond: 100, burst: 100 };
    return withCenter({ bots: 1, pace: rates, connect: rates }, async (center) => {
      const seconds: number[] = [];
      for (let number = 0; number < hires; number++) {
        seconds.push(await receiptSeconds(center, `hire${number}`));
      }
      say(seconds.map((duration) => duration.toFixed(2)).join(', '));
      return [
        { name: 'p50_s', value: percentile(seconds, 0.5), unit: 's' as const, atMost: 1.2 },
        { name: 'p95_s', value: percentile(seconds, 0.95), unit: 's' as const },
      ];
    });
  },
};

async function receiptSeconds({ tara, ari, ask }: Center, username: string): Promise<number> {
  const asked = await ask(tara, { ...mary, Username: username });
  const began = performance.now();
  await ari.press(asked, 'Approve');
  await eventually('the receipt', async () =>
    (await ari.thread(asked)).some(({ text }) => text.includes('is ready in')),
  );
  return (performance.now() - began) / 1000;
}
