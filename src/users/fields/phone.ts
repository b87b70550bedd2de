/** How the new user takes calls: soft or desk phone, auto-accept, after-contact work, audio enhancement. */
import { problem } from '../../errors/problem.ts';
import { shown } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { type Notes, readText } from '../draft-findings.ts';
import type { NewUser, Phone, UserDraft, UserField, Writable } from '../new-user.ts';
import { checkPhoneNumber } from './phone-number.ts';
import {
  likelyYesNo,
  readPhoneType,
  readSeconds,
  readVoiceEnhancement,
  readYesNo,
} from './setting-words.ts';

type Calls = Pick<NewUser, 'afterContactWorkSeconds' | 'voiceEnhancement'> & {
  /** Absent when a setting is invalid, which is added to the findings. */
  readonly phone?: Phone;
};

/** Reads the phone settings. An empty form means a soft phone without auto-accept. */
export function checkPhone(draft: UserDraft, context: UserContext, notes: Notes): Calls {
  const before = notes.findings.length;
  const number = checkPhoneNumber(
    'deskPhoneNumber',
    draft.deskPhoneNumber,
    context.defaultCountry,
    notes,
  );
  const numberIsWrong = notes.findings.length > before;
  const autoAccept = checkYesNo('autoAccept', draft.autoAccept, notes);
  const persistentConnection = checkYesNo(
    'persistentConnection',
    draft.persistentConnection,
    notes,
  );
  const type = checkType(draft, number !== undefined || numberIsWrong, notes);
  const afterContactWorkSeconds = checkSeconds(draft, notes) ?? 0;
  const voiceEnhancement = checkVoiceEnhancement(draft, notes);
  if (type === 'soft' && number !== undefined) {
    notes.warn('deskPhoneNumber', problem('soft-phone.number-unused', { number }));
  }
  if (type === 'desk' && number === undefined && !numberIsWrong) {
    notes.wrong('deskPhoneNumber', problem('desk-phone.no-number'));
  }
  if (type === 'desk' && persistentConnection) {
    notes.warn('persistentConnection', problem('desk-phone.persistent-unused'));
  }
  const phone = phoneOf(type, number, autoAccept, persistentConnection);
  const calls: Writable<Calls> = { afterContactWorkSeconds };
  if (phone) calls.phone = phone;
  if (voiceEnhancement) calls.voiceEnhancement = voiceEnhancement;
  return calls;
}

function phoneOf(
  type: Phone['type'] | undefined,
  number: string | undefined,
  autoAccept: boolean | undefined,
  persistentConnection: boolean | undefined,
): Phone | undefined {
  if (type === 'soft') {
    return {
      type,
      autoAccept: autoAccept ?? false,
      persistentConnection: persistentConnection ?? false,
    };
  }
  if (type === undefined || number === undefined) return undefined;
  return { type, number, ...(autoAccept !== undefined && { autoAccept }) };
}

function checkType(
  draft: UserDraft,
  numberGiven: boolean,
  notes: Notes,
): Phone['type'] | undefined {
  const before = notes.findings.length;
  const text = readText(notes, 'phoneType', draft.phoneType);
  if (notes.findings.length > before) return undefined;
  if (text === undefined) {
    if (!numberGiven) return 'soft';
    notes.wrong('phoneType', problem('phone-type.unclear'), 'desk');
    return undefined;
  }
  const type = readPhoneType(text);
  if (type === undefined) {
    const value = shown(text);
    const guess = /^\W*s/i.test(text) ? 'soft' : /^\W*d/i.test(text) ? 'desk' : undefined;
    notes.wrong('phoneType', problem('phone-type.unknown', { value }), guess);
    return undefined;
  }
  return type;
}

function checkYesNo(
  field: UserField & ('autoAccept' | 'persistentConnection'),
  typed: string | undefined,
  notes: Notes,
): boolean | undefined {
  const text = readText(notes, field, typed);
  if (text === undefined) return undefined;
  const answer = readYesNo(text);
  if (answer !== undefined) return answer;
  notes.wrong(field, problem('field.not-yes-or-no', { value: shown(text) }), likelyYesNo(text));
  return undefined;
}

function checkSeconds(draft: UserDraft, notes: Notes): number | undefined {
  const field = 'afterContactWorkSeconds';
  const text = readText(notes, field, draft.afterContactWorkSeconds);
  if (text === undefined) return undefined;
  const read = readSeconds(text);
  switch (read.kind) {
    case 'seconds':
      notes.corrected(field, draft.afterContactWorkSeconds ?? '', String(read.seconds));
      return read.seconds;
    case 'out-of-range':
      notes.wrong(field, problem('seconds.range'));
      return undefined;
    case 'not-whole':
      notes.wrong(
        field,
        problem('seconds.not-whole', { value: shown(text) }),
        read.meant === undefined ? undefined : String(read.meant),
      );
      return undefined;
  }
}

function checkVoiceEnhancement(
  draft: UserDraft,
  notes: Notes,
): NewUser['voiceEnhancement'] | undefined {
  const text = readText(notes, 'voiceEnhancement', draft.voiceEnhancement);
  if (text === undefined) return undefined;
  const mode = readVoiceEnhancement(text);
  if (mode === undefined) {
    notes.wrong('voiceEnhancement', problem('voice-enhancement.unknown', { value: shown(text) }));
  }
  return mode;
}
