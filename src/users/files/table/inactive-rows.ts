/**
 * Rows of an export whose own columns say that nobody should be created for them: `Terminated` under `employment
 * status`, `False` under `accountEnabled`, `delete` under `action`. Directories and HR systems export people who left
 * together with new ones.
 */
import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';

type Meaning = 'status' | 'action' | 'enabled' | 'disabled' | 'flags' | 'ended';
export type StatusColumn = { readonly at: number; readonly means: Meaning };

const titles: readonly (readonly [Meaning, RegExp])[] = [
  [
    'status',
    /^(?:account|employment|employee|user|worker|member|hr|position|job|assignment|current|new)?(?:status|state)(?:readonly|uploadonly)?$/,
  ],
  ['action', /^(?:action|operation|changetype|requesttype|aktion)$/],
  ['enabled', /^(?:is)?(?:account|user|employee|worker)?(?:enabled|active)(?:status)?$/],
  [
    'disabled',
    /^(?:is)?(?:account|user)?(?:disabled|suspended|deleted|terminated|archived|inactive|blocked)$|^block(?:signin|credentials?)(?:yesno)?(?:accountenabled)?(?:required)?$|^signinblocked$/,
  ],
  ['flags', /^useraccountcontrol$/],
  ['ended', /^(?:terminat(?:ion|ed)|separation|offboarding)(?:date|on)$/],
];

const gone =
  /^(?:terminated|deprovisioned|suspended|deactivated|inactive|disabled|deleted|removed|left|leaver|leaving|former|archived|blocked|offboarded|resigned|retired|revoked|separated|departed|cancell?ed|withdrawn|declined|rescinded|not active|no longer employed|ex-employee|gekündigt|ausgeschieden|inaktiv|gesperrt|deaktiviert|inactif|parti|baja|inactivo)$/;
const otherAction =
  /^(?:delete|remove|disable|deactivate|terminate|offboard|update|modify|change|edit|löschen|entfernen|ändern|deaktivieren|supprimer|modifier|eliminar|modificar)$/;
const yes = /^(?:true|yes|y|1|x|ja|oui|sí|si|wahr|vrai)$/;
const no = /^(?:false|no|n|0|nein|non|falsch|faux)$/;

/** The columns that determine whether a person should be created at all. */
export function statusColumns(headers: readonly string[]): readonly StatusColumn[] {
  return headers.flatMap((header, at): StatusColumn[] => {
    if (header.length > 60) return [];
    const letters = header.toLowerCase().replace(/[^\p{L}]/gu, '');
    const found = titles.find(([, title]) => title.test(letters));
    return found ? [{ at, means: found[0] }] : [];
  });
}

/** Why a row should not be created; undefined when no column says so. */
export function notWanted(
  cells: readonly string[],
  columns: readonly StatusColumn[],
  headers: readonly string[],
): Problem | undefined {
  for (const { at, means } of columns) {
    const text = (cells[at] ?? '').trim();
    if (text === '' || text.length > 60 || !saysNo(text.toLowerCase(), means)) continue;
    const params = { column: shown(headers[at] ?? ''), value: shown(text) };
    return problem('row.not-wanted', params);
  }
  return undefined;
}

/** Windows' ACCOUNTDISABLE: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/useraccountcontrol-manipulate-account-properties */
const accountDisabled = 2;

function saysNo(text: string, means: Meaning): boolean {
  switch (means) {
    case 'status':
      // `Terminated (voluntary)`, `Inactive - leave of absence`.
      return gone.test(text.replace(/\s*(?:[(,:]| [-–] ).*$/u, ''));
    case 'action':
      return otherAction.test(text);
    case 'enabled':
      return no.test(text);
    case 'disabled':
      return yes.test(text);
    case 'ended':
      // A date in any format; HR systems leave it empty for current employees.
      return /\d/.test(text) && !/^0+$/.test(text);
    case 'flags':
      return /^\d{1,10}$/.test(text) && (Number(text) & accountDisabled) !== 0;
  }
}
