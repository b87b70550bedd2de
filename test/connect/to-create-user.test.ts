import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toCreateUserInput } from '../../src/connect/aws/to-create-user.ts';
import type { NewUser } from '../../src/users/new-user.ts';
import { mary } from './stub.ts';

const soft: NewUser = {
  ...mary,
  phone: { type: 'soft', autoAccept: true, persistentConnection: false },
};
const inputOf = (user: NewUser) => toCreateUserInput('i', user, 'Pass@Word1', {});

describe('the request for a user', () => {
  it("is exactly AWS's own example for AWS's own user", () => {
    const instance = 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111';
    assert.deepEqual(toCreateUserInput(instance, mary, 'Pass@Word1', {}), {
      InstanceId: instance,
      Username: 'Mary',
      Password: 'Pass@Word1',
      IdentityInfo: { FirstName: 'Mary', LastName: 'Major' },
      PhoneConfig: {
        PhoneType: 'DESK_PHONE',
        DeskPhoneNumber: '+15555551212',
        AutoAccept: true,
        AfterContactWorkTimeLimit: 60,
      },
      SecurityProfileIds: ['12345678-1111-2222-aaaa-a1b2c3d4f5g7'],
      RoutingProfileId: '87654321-9999-3434-abcd-x1y2z3a1b2c3',
    });
  });

  it('leaves out every setting that nobody entered', () => {
    const { firstName: _first, lastName: _last, ...nameless } = mary;
    const bare: NewUser = { ...nameless, phone: { type: 'desk', number: '+15555551212' } };
    const input = toCreateUserInput('i', bare, undefined, {});
    assert.equal('AutoAccept' in (input.PhoneConfig ?? {}), false);
    for (const member of ['Password', 'IdentityInfo', 'Tags', 'HierarchyGroupId'] as const) {
      assert.equal(member in input, false);
    }
  });

  it('carries PersistentConnection only when it is set', () => {
    assert.equal('PersistentConnection' in (inputOf(soft).PhoneConfig ?? {}), false);
    const persistent = { type: 'soft', autoAccept: true, persistentConnection: true } as const;
    assert.equal(inputOf({ ...mary, phone: persistent }).PhoneConfig?.PersistentConnection, true);
  });

  it('adds audio enhancement beside the phone settings, which have no member for it', () => {
    const input = inputOf({ ...soft, voiceEnhancement: 'NONE' });
    assert.deepEqual(input.VoiceEnhancementConfigs, [
      { Channel: 'VOICE', VoiceEnhancementMode: 'NONE' },
    ]);
    assert.equal(input.PhoneConfig?.PhoneType, 'SOFT_PHONE');
  });

  it('writes all settings per channel once one channel has settings of its own', () => {
    const input = inputOf({
      ...soft,
      channels: {
        VOICE: { agentFirstCallbackAutoAccept: true, agentFirstCallbackAfterContactWorkSeconds: 5 },
        CHAT: { autoAccept: false, afterContactWorkSeconds: 10 },
      },
    });
    const seconds = (AfterContactWorkTimeLimit: number) => ({ AfterContactWorkTimeLimit });
    assert.equal('PhoneConfig' in input, false);
    assert.deepEqual(input.AutoAcceptConfigs, [
      { Channel: 'VOICE', AutoAccept: true, AgentFirstCallbackAutoAccept: true },
      { Channel: 'CHAT', AutoAccept: false },
      { Channel: 'TASK', AutoAccept: true },
      { Channel: 'EMAIL', AutoAccept: true },
    ]);
    assert.deepEqual(input.AfterContactWorkConfigs, [
      {
        Channel: 'VOICE',
        AfterContactWorkConfig: seconds(60),
        AgentFirstCallbackAfterContactWorkConfig: seconds(5),
      },
      { Channel: 'CHAT', AfterContactWorkConfig: seconds(10) },
      { Channel: 'TASK', AfterContactWorkConfig: seconds(60) },
      { Channel: 'EMAIL', AfterContactWorkConfig: seconds(60) },
    ]);
    assert.deepEqual(input.PhoneNumberConfigs, [{ Channel: 'VOICE', PhoneType: 'SOFT_PHONE' }]);
    assert.deepEqual(input.PersistentConnectionConfigs, [
      { Channel: 'VOICE', PersistentConnection: false },
    ]);
  });

  it('leaves out auto-accept of a desk phone, also per channel, until somebody sets it', () => {
    const desk: NewUser = { ...mary, phone: { type: 'desk', number: '+15555551212' } };
    const quiet = inputOf({ ...desk, channels: { CHAT: { afterContactWorkSeconds: 0 } } });
    assert.equal('AutoAcceptConfigs' in quiet, false);
    assert.equal('PersistentConnectionConfigs' in quiet, false);
    assert.deepEqual(quiet.PhoneNumberConfigs, [
      { Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+15555551212' },
    ]);
    const said = inputOf({ ...desk, channels: { CHAT: { autoAccept: true } } });
    assert.deepEqual(said.AutoAcceptConfigs, [{ Channel: 'CHAT', AutoAccept: true }]);
  });

  it("lets the bot's own tags win over the user's", () => {
    const tagged = { ...mary, tags: { by: 'me', team: 'Wrens' } };
    const input = toCreateUserInput('i', tagged, undefined, { by: 'bot' });
    assert.deepEqual(input.Tags, { by: 'bot', team: 'Wrens' });
  });
});
