/** Catalogue of errors: who may request, decide and withdraw. */
import type { ErrorEntry } from './entry.ts';

export const accessErrors = {
  'person.stranger': {
    sentence:
      'You belong to another company’s workspace, so you can’t request users or decide about requests here.',
    todo: 'Ask somebody at {team} to do it.',
  },
  'person.guest': {
    sentence: 'Guests can’t request Connect users or decide about requests.',
    todo: 'Ask a full member of this workspace.',
  },
  'person.not-active': {
    sentence: 'This Slack account is deactivated or belongs to a bot.',
    todo: 'Use your own, active account.',
  },
  'compare.not-allowed': {
    sentence: 'Only people who hold Users – Create in {instance} see its users beside a request.',
    todo: 'Ask one of them to decide.',
  },
  'request.rows-not-yours': {
    sentence:
      'Only the requester, members of the requests channel and people who may decide see these rows.',
    todo: 'Join the requests channel, if you belong there.',
  },
  'compare.unavailable': {
    sentence: 'I couldn’t read the users of this instance right now.',
    todo: 'Close this and press Compare again in a minute.',
  },
  'request.not-allowed': {
    sentence: 'Requesting users in {instance} is limited to {allowed}.',
    todo: 'Ask one of them, or ask an operator to add you to mayRequest in the policy file.',
  },
  'request.too-many-open': {
    sentence:
      'You already have {limit} open requests, which is as many as one person may have at a time.',
    todo: 'Wait until some of them have ended, or cancel those you don’t need, and send this one again.',
  },
  'request.nobody-may': {
    sentence:
      'Nobody can request users in {instance} yet, because mayRequest in the policy file is empty.',
    todo: 'Ask an operator to fill it in.',
  },
  'policy.no-rule': {
    sentence: 'No rule for {instance} allows this. The rule that comes closest is “{rule}”: {why}.',
    todo: 'Change the request, or ask an operator to change the policy.',
  },
  'policy.refused': {
    sentence: 'The rule “{rule}” refuses this: {why}.',
    todo: 'Change the request, or ask an operator about the policy.',
  },
  'policy.group-unlisted': {
    sentence: 'The rule “{rule}” refuses a user group, and Slack doesn’t tell me who is in it.',
    todo: 'Nobody can request until an operator corrects the group’s id or the rule (npm run doctor), or Slack answers.',
  },
  'policy.group-unlisted-asks': {
    sentence:
      'The rule “{rule}” asks more of a user group, and Slack doesn’t tell me who is in it.',
    todo: 'This is refused until an operator corrects the group’s id or the rule (npm run doctor), or Slack answers.',
  },
  'policy.reason-needed': {
    sentence: 'This request needs a reason of at least {least} characters.',
    todo: 'Request it again and say why you need these users.',
  },
  'policy.ticket-needed': {
    sentence: 'This request needs a ticket number in its reason ({pattern}).',
    todo: 'Request it again and write the ticket number in the reason.',
  },
  'decision.not-approver': {
    sentence: 'You are not among the people who approve {stage} now.',
    todo: 'Leave it to the people whom the policy names.',
  },
  'decision.counted': {
    sentence: 'You have approved this already, and your approval counts once.',
    todo: 'Somebody else has to give the next approval.',
  },
  'decision.counted-as': {
    sentence:
      'You can’t add an approval, because {who} approved as the same person or for the same person.',
    todo: 'Somebody else has to give the next approval.',
  },
  'decision.together-lacking': {
    sentence: 'Together the approvers still lack permissions that this request gives ({missing}).',
    todo: 'Somebody who has them has to give the last approval.',
  },
  'decision.complete': {
    sentence: 'This request has all of its approvals.',
    todo: 'There is nothing left to do.',
  },
  'decision.changed-since': {
    sentence: 'This request has changed since it was shown: {what}.',
    todo: 'Read the card again, then decide.',
  },
  'decision.not-allowed-now': {
    sentence: 'The policy does not allow this request anymore. {why}',
    todo: 'Deny it, or ask an operator about the policy.',
  },
  'break-glass.not-named': {
    sentence: 'The policy does not let you have this created without approval.',
    todo: 'Ask the people who approve it.',
  },
  'evidence.not-yet': {
    sentence: 'This request has not ended, so its evidence is not complete.',
    todo: 'Press the button again when it has ended.',
  },
  'deputy.usage': {
    sentence:
      'I need a person and an end, such as “deputy bea@example.com until Friday” or “deputy none”.',
    todo: 'The end is a weekday, a date such as 2026-12-24, or “for 3 days”, at most {days} days ahead.',
  },
  'deputy.unknown': {
    sentence: 'I can’t make {who} your deputy.',
    todo: 'Name an active member of this workspace, by member ID or email address.',
  },
  'deputy.same-user': {
    sentence: 'I can’t make {who} your deputy: both of you are the Connect user “{username}”.',
    todo: 'Name somebody who has a Connect user of their own.',
  },
  'deputy.none': {
    sentence: 'You have no deputy.',
    todo: 'To name one: “deputy bea@example.com until Friday”.',
  },
  'change.nothing': {
    sentence: 'Nothing would change.',
    todo: 'Choose another routing profile, lower security profiles, or another hierarchy group.',
  },
  'change.no-row': {
    sentence: 'There is no row {row} in this request that waits to be created.',
    todo: 'Show rows has the numbers; leave it empty to change all rows.',
  },
  'change.gone': {
    sentence: 'Something that you chose does not exist in Amazon Connect anymore.',
    todo: 'Open Compare again and choose anew.',
  },
  'change.not-lower': {
    sentence: '“{profile}” gives more than what is requested ({before}).',
    todo: 'An approver can only lower security profiles. Deny the request and say what to request instead.',
  },
  'leave-out.all': {
    sentence: 'You can’t leave out all rows: nothing would be left to create.',
    todo: 'To refuse the whole request, press Deny.',
  },
  'leave-out.row': {
    sentence: 'It was left out of the request by {who}.',
    todo: 'Ask them why, and request it again if it is needed.',
  },
  'leave-out.changed': {
    sentence: 'Rows that you chose are not in the request anymore.',
    todo: 'Open Show rows again and choose what to leave out.',
  },
  'leave-out.none': {
    sentence: 'Nothing is chosen.',
    todo: 'Choose the rows to leave out, or close this.',
  },
  'leave-out.too-many': {
    sentence: 'At most {most} rows can be left out at once.',
    todo: 'Leave these out first, or deny the request with a reason that says which list you need.',
  },
  'withdraw.none': {
    sentence: 'You have no approval of this request that you could withdraw.',
    todo: 'To end the request, press Deny.',
  },
  'decision.own-request': {
    sentence: 'You can’t approve your own request.',
    todo: 'Somebody else who holds Users – Create in {instance} can. To withdraw it, choose Withdraw in the card’s menu.',
  },
  'decision.own-request-twice': {
    sentence:
      'You and whoever sent this request are the same Connect user, “{username}”, so it counts as your own.',
    todo: 'Somebody with another Connect user can decide. If you are two people, ask an operator to check identity in the policy file.',
  },
  'decision.own-request-others': {
    sentence: 'You can’t approve your own request.',
    todo: '{others} can. To withdraw it, choose Withdraw in the card’s menu.',
  },
  'decision.refused-others': {
    sentence: '{why}',
    todo: '{others} can {what} this.',
  },
  'decision.deny-own': {
    sentence: 'You can’t deny your own request.',
    todo: 'Somebody else who holds Users – Create in {instance} can. To withdraw it, choose Withdraw in the card’s menu.',
  },
  'decision.deny-own-others': {
    sentence: 'You can’t deny your own request.',
    todo: '{others} can. To withdraw it, choose Withdraw in the card’s menu.',
  },
  'decision.needs-create': {
    sentence:
      'This requires Users – Create in {instance}. Your Connect user “{username}” doesn’t have it.',
    todo: 'Somebody else who holds Users – Create in {instance} can do this.',
  },
  'decision.more-than-held': {
    sentence:
      'You can’t approve the security profile “{profile}”, because it has permissions that you don’t have ({missing}).',
    todo: 'Somebody who has them can approve this.',
  },
  'decision.grants-not-held': {
    sentence:
      'You can’t approve the security profile “{profile}”, because it gives access to what you don’t have: {grants}.',
    todo: 'Somebody who has that access can approve this.',
  },
  'decision.less-limited': {
    sentence:
      'You can’t approve the security profile “{profile}”, because you have {permission} only for {limit}, and it has no such limit.',
    todo: 'Somebody without that limit can approve this.',
  },
  'decision.profile-out-of-reach': {
    sentence:
      'You can’t approve the security profile “{profile}”, because you only have access to profiles with {limit}.',
    todo: 'Somebody without that limit can approve this.',
  },
  'decision.user-out-of-reach': {
    sentence: 'You can’t approve this, because you can only create users with {limit}.',
    todo: 'Somebody without that limit can approve this, or the users need to have it.',
  },
  'decision.could-not-check': {
    sentence:
      'Amazon Connect isn’t responding, so I couldn’t check your permissions. Nothing has changed.',
    todo: 'Try again in a minute.',
  },
  'decision.content-changed': {
    sentence: 'This request has changed since the card was shown to you.',
    todo: 'Look at the card again before you decide.',
  },
  'decision.profile-gone': {
    sentence: 'A security profile in this request no longer exists in {instance}.',
    todo: 'Deny the request, so that {requester} can send it again with another profile.',
  },
  'decision.already': {
    sentence: '{who} {did} this {ago}.',
    todo: '',
  },
  'decision.already-you': {
    sentence: 'You {did} this yourself {ago}.',
    todo: '',
  },
  'decision.username-requested': {
    sentence: '{number} already requests “{username}”{others}.',
    todo: 'Cancel or deny one of the two requests first.',
  },
  'decision.over': {
    sentence: 'This request is over: {state}.',
    todo: 'Send a new one with /connect-add-user.',
  },
  'decision.not-ready': {
    sentence: 'This request is still being checked.',
    todo: 'Try again in a moment.',
  },
  'cancel.not-yours': {
    sentence: 'Only {requester}, who sent this request, can withdraw it.',
    todo: '',
  },
  'cancel.not-yours-deny': {
    sentence: 'Only {requester}, who sent this request, can withdraw it.',
    todo: 'Somebody who holds Users – Create can deny it.',
  },
  'cancel.not-yours-others': {
    sentence: 'Only {requester}, who sent this request, can withdraw it.',
    todo: '{others} can deny it.',
  },
  'retry.under-way': {
    sentence: 'These users are already being created.',
    todo: 'The card shows the progress.',
  },
  'retry.nothing': {
    sentence: 'Nothing in this request can be retried without a change.',
    todo: 'Correct what failed and send it as a new request.',
  },
  'resume.paused-by-approver': {
    sentence: '{approver} paused this request, so you can’t resume it.',
    todo: '{approver} can. You can cancel the rest.',
  },
  'resume.too-late': {
    sentence: 'The approval of this request has expired, so nobody can be created under it.',
    todo: 'Send what is left as a new request.',
  },
  'offer.expired': {
    sentence:
      'Nobody requested these users in time, so the file was put aside. Nothing was created.',
    todo: 'Send the file again.',
  },
  'check.expired': {
    sentence: 'This couldn’t be checked in time. Nothing was created.',
    todo: 'Send it again.',
  },
  'retry.too-late': {
    sentence: 'The approval of this request has expired, so nobody can be created under it.',
    todo: 'Send what failed as a new request.',
  },
  'request.unknown': {
    sentence: 'I don’t know this request anymore.',
    todo: 'Send a new one with /connect-add-user.',
  },
} as const satisfies Record<string, ErrorEntry>;
