/** Who could approve a request, as the form shows it before the request is submitted. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simpleApproval } from '../../../src/policy/read-rules.ts';
import {
  type Audience,
  createAudiences,
  whyNoApprover,
} from '../../../src/requests/submit/approver-candidates.ts';
import { instanceClientOf, smallInstance } from '../../auth/people.ts';
import { testServices } from '../../services.ts';
import { until } from '../../until.ts';

const approval = simpleApproval({ allowOwn: false, expiresAfterMs: 3_600_000 });
const person = (id: string) => ({ id, name: `Name of ${id}` });

describe('who could approve', () => {
  test('leads to a warning only when everybody was looked at', () => {
    const audience = (changes: Partial<Audience>): Audience => ({
      approvers: [],
      isWhole: true,
      told: [],
      ...changes,
    });
    const why = (changes: Partial<Audience>, needs = approval) =>
      whyNoApprover(audience(changes), needs, 'U0TARA')?.code ?? null;
    assert.equal(why({}), 'notice.no-approver');
    assert.equal(why({ isWhole: false }), null, 'others may be there');
    assert.equal(whyNoApprover(undefined, approval, 'U0TARA'), null, 'not known yet');
    assert.equal(why({ approvers: [person('U0ARI')] }), null);
    // Nobody approves their own request, unless the policy allows it.
    assert.equal(why({ approvers: [person('U0TARA')] }), 'notice.no-approver');
    assert.equal(why({ approvers: [person('U0TARA')] }, { ...approval, allowOwn: true }), null);
    const [stage = assert.fail()] = approval.stages;
    const two = { ...approval, stages: [{ ...stage, count: 2 }] };
    assert.equal(why({ approvers: [person('U0ARI')] }, two), 'notice.few-approvers');
    assert.equal(why({ approvers: [person('U0ARI'), person('U0BEA')] }, two), null);
  });

  test('is looked for again soon when Slack or the database did not answer', async (t) => {
    const { services, pass } = await testServices(t);
    let tries = 0;
    const people = {
      ...services.people,
      membersOf: () => {
        tries += 1;
        return tries === 1 ? Promise.reject(new Error('away')) : Promise.resolve([]);
      },
    };
    const audiences = createAudiences(() => ({ ...services, people }));
    const { instanceClient: client } = instanceClientOf(smallInstance());
    assert.equal(await audiences.soon(client, approval), undefined);
    await until('the first try has failed', () => tries === 1);
    pass(3_000);
    const known: Audience | undefined = await until('it is known', () =>
      audiences.soon(client, approval),
    );
    assert.deepEqual([known?.approvers, known?.isWhole], [[], true]);
  });
});
