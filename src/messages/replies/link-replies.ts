/** Texts about identity links: the request to the admins, its result, and the list. Pure. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { button } from '../card-actions.ts';
import { bold, code, type Inline, lines, moment, person } from '../rich-text.ts';

export const linkActions = {
  confirm: 'link_confirm',
  refuse: 'link_refuse',
  remove: 'link_remove',
} as const;

export type LinkQuestion = {
  readonly id: number;
  readonly personId: string;
  readonly personName: string;
  readonly instance: string;
  readonly username: string;
  readonly fullName: string;
  readonly profiles: readonly string[];
};

/** Both names and the permissions of that user, so that an admin sees what the link would grant. */
export function linkQuestion(link: LinkQuestion): KnownBlock[] {
  const { id, personId, personName, instance, username, fullName, profiles } = link;
  const about = `${personName} as ${username}`;
  const value = String(id);
  const buttons: ActionsBlock = {
    type: 'actions',
    block_id: 'link',
    elements: [
      button(linkActions.confirm, 'Confirm', value, { about, style: 'primary' }),
      button(linkActions.refuse, 'Refuse', value, { about, style: 'danger' }),
    ],
  };
  const rows: Inline[][] = [
    [
      bold(personName),
      ' (',
      person(personId),
      ') says: I am the Connect user ',
      code(username),
      '.',
    ],
    [bold('Instance'), ` ${instance}`],
    [bold('Name in Connect'), ` ${fullName || '(none)'}`],
    [bold('Security profiles'), ` ${profiles.join(', ') || '(none)'}`],
    [
      'Confirm only if you know that this is the same person. Whoever is linked may do here what that user may do in Connect.',
    ],
  ];
  return [lines('link_question', rows), buttons];
}

export function linkEnded(
  link: { readonly personName: string; readonly username: string; readonly instance: string },
  state: 'confirmed' | 'refused' | 'removed' | 'expired',
  byName: string | null,
): KnownBlock[] {
  const who = bold(link.personName);
  const which: Inline[] = [code(link.username), ` in ${link.instance}.`];
  if (state === 'removed') {
    return [
      lines('link_ended', [
        [...by(byName), 'removed the link of ', who, ' to ', ...which],
        ['What that user may do in Amazon Connect no longer counts here.'],
      ]),
    ];
  }
  if (state === 'confirmed' && byName === null) {
    const proven = ' proved by a fresh sign-in to be ';
    return [
      lines('link_ended', [
        [who, proven, ...which],
        ['An admin can remove it: /connect-add-user links.'],
      ]),
    ];
  }
  if (byName !== null) {
    return [lines('link_ended', [[...by(byName), `${state} that `, who, ' is ', ...which]])];
  }
  return [
    lines('link_ended', [
      ['Nobody confirmed that ', who, ' is ', ...which],
      ['The question is over. Whoever still needs it asks again with /connect-add-user link.'],
    ]),
  ];
}

function by(name: string | null): Inline[] {
  return [bold(name ?? 'Somebody'), ' '];
}

export type ListedLink = {
  readonly id: number;
  readonly personId: string;
  readonly username: string;
  readonly instance: string;
  readonly isConfirmed: boolean;
  readonly at: Date;
};

/** Slack takes 50 blocks; each link has two. */
const mostListed = 20;

export function linkList(links: readonly ListedLink[]): KnownBlock[] {
  if (links.length === 0) return [lines('links', [['Nobody is linked.']])];
  const shown = links.slice(0, mostListed).flatMap((link): KnownBlock[] => {
    const { id, personId, username, instance, isConfirmed, at } = link;
    const row: Inline[] = [
      person(personId),
      ' is ',
      code(username),
      ` in ${instance} · ${isConfirmed ? 'since' : 'not confirmed yet, asked'} `,
      moment(at),
    ];
    if (!isConfirmed) return [lines(`link-${id}`, [row])];
    const remove = button(linkActions.remove, 'Remove', String(id), {
      about: username,
      style: 'danger',
    });
    return [
      lines(`link-${id}`, [row]),
      { type: 'actions', block_id: `remove-${id}`, elements: [remove] },
    ];
  });
  const rest = links.length - mostListed;
  return rest > 0 ? [...shown, lines('more', [[`… and ${rest} more.`]])] : shown;
}
