/** What is said about identity links: the question to the admins, its end, and the list. Pure. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { button } from '../card-buttons.ts';
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

/** Both names and what that user holds, so that an admin sees what they give away. */
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
  verdict: 'confirmed' | 'refused',
  byName: string,
): KnownBlock[] {
  const what = verdict === 'confirmed' ? 'confirmed' : 'refused';
  return [
    lines('link_ended', [
      [
        bold(byName),
        ` ${what} that `,
        bold(link.personName),
        ' is ',
        code(link.username),
        ` in ${link.instance}.`,
      ],
    ]),
  ];
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
