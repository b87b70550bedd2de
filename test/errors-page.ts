/**
 * Generates docs/errors.md from the catalogue in src/errors/. test/errors.test.ts writes the page and checks that it
 * is current.
 */
import { errors } from '../src/errors/catalogue.ts';

/** The topic of each family of codes, in the order of the page. */
const families: readonly (readonly [title: string, about: string, prefixes: readonly string[]])[] =
  [
    [
      'Who may',
      'Asking, deciding, and telling who somebody is.',
      [
        'person',
        'identity',
        'link',
        'workflow',
        'request',
        'decision',
        'cancel',
        'retry',
        'compare',
      ],
    ],
    [
      'The form and the buttons',
      'Opening, filling in and sending.',
      ['form', 'click', 'not-before'],
    ],
    [
      'Something unexpected',
      'A job that was tried several times and given up. The reference is in the log at every try.',
      ['check', 'publish', 'job'],
    ],
    ['Slack and Amazon Connect', 'What a request waits for.', ['slack', 'connect']],
    ['The requests channel', 'Where cards go.', ['card']],
    [
      'What the card says',
      'What is unusual about a request, and how common it is; nothing is refused for it.',
      ['notice'],
    ],
    ['Creating', 'What Amazon Connect answered, row by row.', ['create', 'welcome']],
    ['The database', 'Told to the operator, in the log and when the bot starts.', ['database']],
    [
      'A file of users',
      'What is said of the whole file, so that nothing of it is requested.',
      ['file', 'template'],
    ],
    [
      'Rows and columns',
      'What is said beside the fields of a row.',
      ['row', 'cell', 'column', 'left-out'],
    ],
    [
      'A new user',
      'What was typed, field by field. The rest of the row is checked all the same.',
      [
        'field',
        'username',
        'name',
        'last-name',
        'email',
        'directory-id',
        'password',
        'phone',
        'phone-type',
        'desk-phone',
        'soft-phone',
        'seconds',
        'voice-enhancement',
        'channel',
        'choice',
        'security-profiles',
        'tags',
      ],
    ],
  ];

/** The page as Markdown. Families that are not listed above appear under "Everything else". */
export function errorsPage(): string {
  const entries = Object.entries(errors).map(([code, { sentence, todo }]) => ({
    code,
    sentence,
    todo,
  }));
  const familyOf = (code: string) =>
    families.find(([, , prefixes]) => prefixes.includes(prefixOf(code)));
  const sections = families.map(([title, about]) =>
    section(
      title,
      about,
      entries.filter(({ code }) => familyOf(code)?.[0] === title),
    ),
  );
  const rest = entries.filter(({ code }) => familyOf(code) === undefined);
  return [
    '# Errors',
    '',
    'Every error a person can meet, with the sentence they read and what to do about it. `{…}` is filled in',
    'where it happens; the code is in the log and in the audit trail.',
    '',
    '<!-- Made from src/errors/: UPDATE_DOCS=1 npm test -- test/errors.test.ts -->',
    '',
    ...sections,
    ...(rest.length > 0 ? [section('Everything else', 'What nobody expected.', rest)] : []),
  ].join('\n');
}

type Row = { readonly code: string; readonly sentence: string; readonly todo: string };

function section(title: string, about: string, rows: readonly Row[]): string {
  const lines = rows.map(
    ({ code, sentence, todo }) => `| \`${code}\` | ${cell(sentence)} | ${cell(todo)} |`,
  );
  return [
    `## ${title}`,
    '',
    about,
    '',
    '| Code | What it says | What to do |',
    '|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function prefixOf(code: string): string {
  return code.split('.')[0] ?? code;
}
