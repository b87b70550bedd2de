/**
 * H1 (created at most once) and clocks: which sends a bot may still make after it was suspended or stopped, or after
 * its clock jumped.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { machineClocks } from '../../src/operations/stopwatch.ts';
import { until } from '../until.ts';
import { createdAs, scripted } from './approved.ts';
import { start } from './one-bot.ts';

describe('H1: a row that was marked', () => {
  test('is given back when the machine was suspended since, which performance.now() does not see', async (t) => {
    const script = scripted(createdAs('mary'));
    let sleptMs = 0;
    // Each time that a stopwatch runs, the process is suspended for a minute.
    const clocks = {
      ...machineClocks,
      uptime: () => {
        sleptMs += 60_000;
        return machineClocks.uptime() + sleptMs;
      },
    };
    const bot = await start(t, script, { clocks });
    const stopping = new AbortController();
    const run = bot.run(stopping.signal);
    await until('it was marked again', async () => ((await bot.row())?.sends ?? 0) >= 2);
    stopping.abort();
    await run;
    assert.deepEqual([script.sent.length, (await bot.row())?.state], [0, 'waiting']);
  });

  test('is sent when somebody has only set the clock: the database says that no time has passed', async (t) => {
    const script = scripted(createdAs('mary'));
    let setBy = 0;
    const clocks = {
      ...machineClocks,
      wall: () => {
        setBy += 86_400_000;
        return machineClocks.wall() + setBy;
      },
    };
    const bot = await start(t, script, { clocks });
    await bot.run();
    assert.deepEqual([script.sent.length, (await bot.row())?.sends], [1, 1]);
    assert.equal((await bot.request())?.state, 'done');
  });

  test('is given back when the clocks disagree and the database says that it was long ago', async (t) => {
    const script = scripted(createdAs('mary'));
    const clocks = { ...machineClocks, wall: () => machineClocks.wall() + Math.random() * 1e9 };
    const bot = await start(t, script, { clocks });
    // The state after a machine was restored from a snapshot: this send was marked a minute ago.
    await bot.database.query(
      `create function backdate() returns trigger language plpgsql as $$ begin
         if new.state = 'sending' then new.sent_at := clock_timestamp() - interval '1 minute'; end if;
         return new; end $$`,
    );
    await bot.database.query(
      'create trigger backdate before update on rows for each row execute function backdate()',
    );
    const stopping = new AbortController();
    const run = bot.run(stopping.signal);
    await until('it was marked again', async () => ((await bot.row())?.sends ?? 0) >= 2);
    stopping.abort();
    await run;
    assert.deepEqual([script.sent.length, (await bot.row())?.state], [0, 'waiting']);
  });
});

test('a process that was stopped by SIGSTOP measures how long it was stopped', async () => {
  const stopwatch = fileURLToPath(new URL('../../src/operations/stopwatch.ts', import.meta.url));
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { startStopwatch } from ${JSON.stringify(stopwatch)};
    const watch = startStopwatch();
    process.on('SIGUSR2', () => { console.log('elapsed ' + watch.elapsedMs()); process.exit(0); });
    console.log('listening');
    setInterval(() => {}, 1000);`,
  ]);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await until('it runs', () => said.includes('listening'));
  child.kill('SIGSTOP');
  const stoppedAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const stoppedMs = performance.now() - stoppedAt;
  child.kill('SIGCONT');
  child.kill('SIGUSR2');
  const elapsed = await until('it has said so', () => /elapsed ([\d.]+)/.exec(said)?.[1]);
  assert.ok(Number(elapsed) >= stoppedMs - 50, `${elapsed} ms of ${stoppedMs} ms`);
});
