/** A message with a file whose text takes very long to parse, such as one that another app posts without escaping. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { chooseInstance } from '../../../src/requests/submit/choose-instance.ts';
import { reasonIn } from '../../../src/text/message-words.ts';

const production = { alias: 'production', requestsChannel: 'C1' } as InstanceConfig;

describe('40,000 letters beside a file are read within a moment', () => {
  for (const unit of ['<', '<@U', '<#C1|', '<x|', 'hi ', 'for production, ', ' ']) {
    test(JSON.stringify(unit), () => {
      const text = unit.repeat(40_000 / unit.length);
      const before = process.cpuUsage();
      reasonIn(text, ['production']);
      chooseInstance([production], { text, channel: 'C1' });
      const { user } = process.cpuUsage(before);
      assert.ok(user < 500_000, `took ${Math.round(user / 1_000)} ms`);
    });
  }
});
