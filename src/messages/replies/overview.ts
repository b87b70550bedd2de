/** Answers about requests, which only the person who asked sees. */
import type { KnownBlock } from '@slack/types';
import { details, type HomeRequest, outcome, whom } from '../home/home.ts';
import { bold, code, lines, preformatted } from '../rich-text.ts';

/** A person's latest requests, newest first. */
export function mineBlocks(requests: readonly HomeRequest[], more: boolean): KnownBlock[] {
  if (requests.length === 0) {
    return [lines('mine', [['You have no requests yet. Type /connect-add-user for the form.']])];
  }
  return [
    lines('mine', [[bold('Your requests')]]),
    ...requests.map((request) =>
      lines(`mine_${request.id}`, [[bold(whom(request))], details(request, outcome(request))]),
    ),
    ...(more ? [lines('older', [['Older ones are in my App Home.']])] : []),
  ];
}

/** Requests that wait for a decision by this person, oldest first. */
export function waitingBlocks(requests: readonly HomeRequest[], decides: boolean): KnownBlock[] {
  if (requests.length === 0) {
    const why = decides
      ? 'Nothing is waiting for you.'
      : 'Nothing is waiting for you. Only people who hold Users – Create in Amazon Connect decide about requests.';
    return [lines('waiting', [[why]])];
  }
  const how = 'Open a card by its number to decide, or decide in my App Home.';
  return [
    lines('waiting', [[bold('Waiting for you')]]),
    ...requests.map((request) =>
      lines(`waiting_${request.id}`, [
        [bold(request.requesterName), ' requests ', bold(whom(request))],
        details(request, null),
      ]),
    ),
    lines('how', [[how]]),
  ];
}

/** The state of one request; with the command that would create its user, if it is for one user. */
export function statusBlocks(request: HomeRequest, command: string | null): KnownBlock[] {
  return [
    lines('status', [
      [bold(whom(request)), ', requested by ', bold(request.requesterName)],
      details(request, outcome(request)),
    ]),
    ...(command === null ? [] : commandBlocks(command)),
  ];
}

/** A command to copy, with what is missing in it. */
export function commandBlocks(command: string): KnownBlock[] {
  return [
    lines('about_command', [
      [
        'The same as an aws command. Add ',
        code('--password'),
        ' where the instance manages passwords itself:',
      ],
    ]),
    preformatted('command', command),
  ];
}

/** A welcome to copy, which only the person who asked sees. */
export function welcomeBlocks(text: string, username: string): KnownBlock[] {
  return [
    lines('about_welcome', [['A welcome for ', code(username), ' to copy and send:']]),
    preformatted('welcome', text),
  ];
}
