/** The bot's answers to one person: to commands, to messages, and to actions that are not possible. */
import { optionsNotInForm } from '../../commands/connect-add-user.ts';
import { templatesComment } from '../../commands/send-templates.ts';
import { problem } from '../../errors/problem.ts';
import { checkOffer } from '../../messages/replies/check-offer.ts';
import { doctorBlocks } from '../../messages/replies/doctor-reply.ts';
import { helpBlocks } from '../../messages/replies/help.ts';
import { linkEnded, linkList, linkQuestion } from '../../messages/replies/link-replies.ts';
import {
  mineBlocks,
  statusBlocks,
  waitingBlocks,
  welcomeBlocks,
} from '../../messages/replies/overview.ts';
import { rowsTable } from '../../modals/rows/rows-table.ts';
import { noteBlocks } from '../../slack/ephemeral.ts';
import { operatorBlocks } from '../../slack/operators.ts';
import {
  askedRows,
  at,
  cardUrl,
  fileViewModelOf,
  homeRequest,
  viewModelOf,
} from './block-samples.ts';
import type { Shape } from './shape.ts';

/** The bot's own limit for a list of links, plus one. */
const manyLinks = 21;

export function replyShapes(): Shape[] {
  const request = homeRequest({ cardUrl });
  const refusal = problem('person.not-active');
  const asCommand = 'aws connect create-user \\\n  --username mary';
  const file = { channel: 'C0REQUESTS', ts: '1700000000.000100', files: ['F0NOVEMBER'] };
  const link = { id: 1, personId: 'U0TARA', personName: 'Tara Lead', instance: 'production' };
  const listed = { id: 1, personId: 'U0TARA', username: 'tlead', instance: 'production', at };
  const links = Array.from({ length: manyLinks }, (_, id) => ({
    ...listed,
    id,
    isConfirmed: true,
  }));
  const { counts } = fileViewModelOf(viewModelOf());
  const table = rowsTable({ requestId: request.id, from: 0 }, askedRows, counts);
  const examined = [
    { name: 'slack.scopes', status: 'fail', found: 'files:write is missing', todo: 'Add it.' },
    { name: 'slack.clock', status: 'warn', found: 'half a minute off' },
    { name: 'database.tables', status: 'pass', found: 'up to date' },
  ] as const;
  return [
    { name: 'help', blocks: helpBlocks('') },
    { name: 'help for a word', blocks: helpBlocks('statsu', 'status') },
    {
      name: 'mine',
      blocks: mineBlocks([request, { ...request, id: 1043, file: 'november.csv' }], true),
    },
    { name: 'waiting', blocks: waitingBlocks([request], true) },
    { name: 'status', blocks: statusBlocks(request, asCommand) },
    { name: 'welcome to copy', blocks: welcomeBlocks('Hello Mary,\nyour user is ready.', 'mary') },
    { name: 'doctor', blocks: doctorBlocks(examined) },
    { name: 'question about a file', blocks: checkOffer(file, ['november.csv']) },
    {
      name: 'question about a link',
      blocks: linkQuestion({
        ...link,
        username: 'tlead',
        fullName: 'Tara Lead',
        profiles: ['Agent'],
      }),
    },
    {
      name: 'end of a link',
      blocks: linkEnded({ ...link, username: 'tlead' }, 'confirmed', 'Ari'),
    },
    { name: 'links', blocks: linkList(links) },
    { name: 'templates', blocks: templatesComment('production', false, { users: [], left: 2 }) },
    { name: 'what is not in the form', blocks: optionsNotInForm([{ problem: refusal }]) },
    { name: 'refusal', blocks: noteBlocks(refusal) },
    {
      name: 'link to a sign-in',
      blocks: noteBlocks(refusal, { url: 'https://example.com/sign-in', text: 'Sign in' }),
    },
    { name: 'word to operators', blocks: operatorBlocks(refusal) },
    ...(table ? [{ name: 'table of rows', blocks: table }] : []),
  ];
}
