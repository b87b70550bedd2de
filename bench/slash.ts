/**
 * Measures how long a slash command takes to be acknowledged and to open its form, compared with a bare Bolt app that
 * opens the same form. Both include the cost of Slack's own library, so the ratio shows what the bot adds.
 *
 * Both apps run at the same time and receive a hundred commands each in turn, so that other load on the machine slows
 * both. There are three rounds, and the median counts. The bot has cached the people before the measurement, as it
 * has after their first command of a minute.
 */
import { botEnvironment } from '../sandbox/bot.ts';
import { startConnect } from '../sandbox/connect/server.ts';
import {
  type AppProcess,
  startBot,
  startProcess,
  stopProcess,
  withDataDir,
} from './app-process.ts';
import { type Bench, type Measurement, nowMs, percentile } from './measurement.ts';
import { type CommandSource, createCommandSource } from './signed-commands.ts';
import { type StandIn, startStandIn } from './slack-stand-in.ts';

const commands = 2_000;
const rounds = 3;
const atATime = 50;
const people = 50;
const batch = 100;
/** Enough calls for V8 to have compiled the hot functions. */
const warmUpBatches = 10;
/** Time limit within which the bot has to have cached the facts about each person. */
const knownWithinMs = 15_000;

export const slash: Bench = {
  name: 'slash',
  about: `${commands} slash commands, ${atATime} at a time, over signed HTTP, next to a bare Bolt app`,
  async run(say) {
    const standIn = await startStandIn();
    const connect = await startConnect({ port: 0 });
    const source = createCommandSource({ atATime, people });
    try {
      return await withDataDir(async (dataDir) => {
        const environment = {
          ...botEnvironment({ url: standIn.url, connect }, 'http', dataDir),
          LOG_LEVEL: 'info',
        };
        const bot = await startBot(environment, 'bench/slash-bot.ts');
        try {
          const view = await formOf(bot, source, standIn);
          say(`the form has ${view.length} bytes`);
          const bare = await startProcess(process.execPath, ['bench/bare-bolt.ts'], {
            ...environment,
            VIEW: view,
          });
          try {
            return await compare(bot, bare, source, standIn, say);
          } finally {
            await stopProcess(bare.process);
          }
        } finally {
          await stopProcess(bot.process);
        }
      });
    } finally {
      source.close();
      await connect.stop();
      await standIn.stop();
    }
  },
};

/** Sends commands until the bot has cached each person and opens its form, and returns that form. */
async function formOf(bot: AppProcess, source: CommandSource, standIn: StandIn): Promise<string> {
  const until = nowMs() + knownWithinMs;
  while (nowMs() < until) {
    await source.send(addressOf(bot), people);
    await standIn.takeArrivals(people);
    const view = await standIn.lastView();
    if (view.includes('"callback_id":"add_user"')) return view;
  }
  throw new Error('the bot did not open its form');
}

type Times = { readonly acknowledged: number[]; readonly opened: number[] };

async function compare(
  bot: AppProcess,
  bare: AppProcess,
  source: CommandSource,
  standIn: StandIn,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const turn = async (app: AppProcess, times: Times | null) => {
    const sent = await source.send(addressOf(app), batch);
    const arrivals = await standIn.takeArrivals(batch);
    for (const { triggerId, sentAt, acknowledgedAt } of sent) {
      times?.acknowledged.push(acknowledgedAt - sentAt);
      times?.opened.push((arrivals.get(triggerId) ?? Number.NaN) - sentAt);
    }
  };
  for (let number = 0; number < warmUpBatches; number++) {
    await turn(bot, null);
    await turn(bare, null);
  }
  const all: Measurement[][] = [];
  for (let round = 1; round <= rounds; round++) {
    const ours: Times = { acknowledged: [], opened: [] };
    const theirs: Times = { acknowledged: [], opened: [] };
    for (let number = 0; number < commands / batch; number++) {
      // The order alternates, so that the aftereffects of a batch slow both apps equally often.
      const order = number % 2 === 0 ? ([bot, bare] as const) : ([bare, bot] as const);
      for (const app of order) await turn(app, app === bot ? ours : theirs);
    }
    const measured = [
      ...compared('ack', ours.acknowledged, theirs.acknowledged),
      ...compared('open', ours.opened, theirs.opened),
    ];
    all.push(measured);
    const ratios = measured.filter(({ unit }) => unit === '×');
    say(
      `round ${round}: ${ratios.map((ratio) => `${ratio.name} ${ratio.value.toFixed(2)}`).join(', ')}`,
    );
  }
  return medians(all);
}

/** Other load on the machine can spoil the 99th percentile of one round, but not the median of three. */
function medians(measuredByRound: readonly Measurement[][]): Measurement[] {
  return (measuredByRound[0] ?? []).map((measurement, index) => ({
    ...measurement,
    value: percentile(
      measuredByRound.map((round) => round[index]?.value ?? Number.NaN),
      0.5,
    ),
  }));
}

function compared(what: string, ours: number[], theirs: number[]): Measurement[] {
  const shares = [
    { name: 'p50', share: 0.5, atMost: 1.1 },
    { name: 'p99', share: 0.99, atMost: 1.1 },
  ];
  return shares.flatMap(({ name, share, atMost }): Measurement[] => {
    const bot = percentile(ours, share);
    const bare = percentile(theirs, share);
    return [
      { name: `${what}_${name}_ratio`, value: bot / bare, unit: '×', atMost },
      { name: `${what}_${name}_ms`, value: bot, unit: 'ms' },
      { name: `${what}_${name}_bare_ms`, value: bare, unit: 'ms' },
    ];
  });
}

function addressOf(app: AppProcess): string {
  return `http://127.0.0.1:${app.port}/slack/events`;
}
