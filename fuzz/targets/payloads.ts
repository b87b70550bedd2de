/** Values that come back with clicks, messages and events, and the parsers that read them. */
import { parseMessageWithFiles } from '../../src/events/file-message.ts';
import { parseButtonValue } from '../../src/messages/card-actions.ts';
import { parseFormState } from '../../src/modals/add-user/form-state.ts';
import { waitingPerson } from '../../src/slack/waiting-person.ts';
import { mutatedText, mutatedValue, oddText, oddValue } from '../odd.ts';
import type { Target } from '../target.ts';

const hash = 'a'.repeat(64);
const message = {
  type: 'message',
  subtype: 'file_share',
  user: 'U0TARA',
  channel: 'C0REQUESTS',
  channel_type: 'channel',
  ts: '1700000000.000100',
  text: '<@U0BOT> please',
  files: [{ id: 'F1', name: 'users.csv', mimetype: 'text/csv', file_access: 'visible' }],
};
const click = {
  type: 'block_actions',
  user: { id: 'U0ARI', team_id: 'T1' },
  channel: { id: 'C0REQUESTS' },
  container: { type: 'message', message_ts: '1.2', channel_id: 'C0REQUESTS' },
  message: { ts: '1.2' },
  actions: [{ action_id: 'approve_request', value: `1001 ${hash}`, action_ts: '1.3' }],
};

export const payloads: Target = {
  name: 'payloads',
  weight: 35,
  timeoutMs: 1_000,
  async attempt(chance) {
    const value = parseButtonValue(
      chance.happens(0.5) ? mutatedText(chance, `1001 ${hash}`) : oddText(chance),
    );
    if (value && (!Number.isSafeInteger(value.requestId) || value.requestId < 0)) {
      return { kind: 'crash', detail: `a button names the request ${value.requestId}` };
    }
    parseMessageWithFiles(mutatedValue(chance, message));
    waitingPerson(chance.happens(0.8) ? mutatedValue(chance, click) : oddValue(chance));
    parseFormState(oddText(chance));
    return null;
  },
};
