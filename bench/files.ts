/** Reading and checking a file of 10,000 users, next to csv-parse alone on the same bytes. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Bench } from './measurement.ts';

const program = fileURLToPath(new URL('./files-run.ts', import.meta.url));

const printed = z.object({
  seconds: z.number(),
  share_of_csv_parse: z.number(),
  loop_delay_p99_ms: z.number(),
  memory_growth_mb: z.number(),
  connect_calls: z.number(),
  distinct_ratio: z.number(),
});

export const files: Bench = {
  name: 'files',
  about:
    '10,000 rows of 16 columns read and checked against a large instance; next to csv-parse alone',
  async run(say) {
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    const it = printed.parse(JSON.parse(stdout));
    say('medians of five rounds');
    return [
      { name: 'seconds', value: it.seconds, unit: 's', atMost: 1.5 },
      { name: 'share_of_csv_parse', value: it.share_of_csv_parse, unit: '×', atLeast: 0.25 },
      { name: 'loop_delay_p99_ms', value: it.loop_delay_p99_ms, unit: 'ms', atMost: 50 },
      { name: 'memory_growth_mb', value: it.memory_growth_mb, unit: 'MB', atMost: 150 },
      { name: 'connect_calls', value: it.connect_calls, unit: '', atMost: 40 },
      { name: 'distinct_ratio', value: it.distinct_ratio, unit: '×', atMost: 1.2 },
    ];
  },
};
