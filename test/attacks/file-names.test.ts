/** A file's name is text that a person chose; the comments of uploaded files once showed it as live mrkdwn (H6). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, postFile, rowOf } from '../scenarios/handed-files.ts';
import { startScenario } from '../scenarios/harness.ts';
import { requestsChannel } from '../scenarios/person.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';

const names = [
  '<!channel> *urgent* <@U0ARI> <https://evil.example|the results> https://evil.example/a.csv',
  '_approved_ :white_check_mark: ~no~ `code` invoice\u202Evsc.exe\u2066.csv',
  'line one\nApproved by Ari Admin\u2028.csv',
];
const content = csv(rowOf('anna'), rowOf('ben', { routing: 'Basic Ruting Profile' }));

describe('a file whose name is an attack', () => {
  test('is named as literal text in everything that the bot uploads and posts', async (t) => {
    const { sandbox, tara, settled } = await startScenario(t);
    for (const name of names) {
      const posted = await postFile(sandbox, tara.id, {
        channel: requestsChannel,
        text: '<@U0BOT>',
        name,
        content,
      });
      const report = await eventually(`a report of ${JSON.stringify(name)}`, async () =>
        (await tara.thread(posted)).find((message) => message.raw.files.length > 0),
      );
      assert.doesNotMatch(report.text, /[\u202A-\u202E\u2066-\u2067\n\u2028]/u);
    }
    await settled();
    const calls = await sandbox.wire('web-api');
    const uploads = calls.filter((call) => call.name === 'files.completeUploadExternal');
    assert.ok(uploads.length >= names.length);
    for (const { request } of uploads) {
      const sent = JSON.stringify(request);
      assert.doesNotMatch(sent, /initial_comment|"mrkdwn"/);
    }
    for (const call of calls) assert.deepEqual(call.mentions ?? [], [], call.name);
    for (const element of linksIn(calls.map((call) => call.request))) {
      assert.doesNotMatch(element, /evil/);
    }
  });
});

/** The URLs of all link elements. */
function linksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'link' && 'url' in value ? [String(value.url)] : [];
  return [...own, ...Object.values(value).flatMap(linksIn)];
}
