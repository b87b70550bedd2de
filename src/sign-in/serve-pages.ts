/**
 * The pages for browsers: the page of a link, which begins the sign-in, and the address to which the identity
 * provider sends people back. Opening a link changes nothing, because mail and chat programs open links by
 * themselves.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { textHash } from '../audit/audit-event.ts';
import type { SignInConfig } from '../config/config.ts';
import { type Problem, problem, sentenceOf, todoOf } from '../errors/problem.ts';
import { readRowCounts } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { RequestRecord, SignInRecord } from '../storage/schema.ts';
import { count } from '../text/durations.ts';
import { fewNames } from '../text/lists.ts';
import { requestNumber } from '../text/request-number.ts';
import { newSecret, signInPath } from './ask-sign-in.ts';
import { detailOf, type Provider } from './provider.ts';
import { type Page, pageHeaders, renderPage } from './sign-in-html.ts';
import { beginSignIn, readByLink } from './sign-ins-store.ts';
import { choiceOf, readPurpose, takeSignIn } from './take-sign-in.ts';

export type SignInDeps = {
  readonly services: Services;
  readonly provider: Provider;
  readonly config: SignInConfig;
};

type Answer = Page & { readonly headers?: Readonly<Record<string, string>> };

/** The pages by path. A proxy in front may remove the path of the public address or keep it. */
export function signInRoutes(deps: SignInDeps): Readonly<Record<string, RequestListener>> {
  const below = new URL(deps.config.publicUrl).pathname;
  const serve =
    (answer: (request: IncomingMessage) => Promise<Answer>): RequestListener =>
    (request, response) => {
      // A form with one button has no body, and a body from another sender is not read.
      if (hasBody(request)) return void response.writeHead(413, { connection: 'close' }).end();
      answer(request).then(
        (page) => send(request, response, page),
        (error: unknown) => {
          deps.services.log.error({ err: error }, 'a page of a sign-in failed');
          send(request, response, failed);
        },
      );
    };
  const start = serve((request) => answerLink(deps, request));
  const back = serve((request) => answerBack(deps, request));
  return Object.fromEntries(
    ['/', below].flatMap((prefix) => [
      [`${prefix}${signInPath}`, start],
      [`${prefix}${signInPath}/callback`, back],
    ]),
  );
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

const failed: Answer = {
  status: 500,
  title: 'Something went wrong',
  lines: ['Nothing was approved. Press the button in Slack again in a minute.'],
};

function refused(why: Problem, status = 400): Answer {
  return { status, title: 'Not approved', lines: [sentenceOf(why), todoOf(why)] };
}

const approving = { title: 'Approve {number}', verb: 'approve' };
/** The descriptions of other choices that require a sign-in. */
const chosen: Readonly<Record<string, typeof approving>> = {
  'break-glass': { title: 'Create {number} without approval', verb: 'create' },
  'lift-limit': { title: 'Let {number} go on above the limit', verb: 'let it go on' },
};

/** The page that shows what the person is about to approve; its button begins the sign-in. */
async function answerLink(deps: SignInDeps, request: IncomingMessage): Promise<Answer> {
  const { services, provider, config } = deps;
  const { db, log } = services;
  const secret = urlOf(request).searchParams.get('link') ?? '';
  const asked = await readByLink(db, textHash(secret));
  if (!asked || asked.state_hash !== null || asked.ended_at !== null)
    return refused(problem('sign-in.over'), 410);
  const purpose = await readPurpose(services, asked);
  if ('code' in purpose) return refused(purpose, 410);
  const { needed } = purpose;
  if (request.method !== 'POST') {
    const { title, what, verb } = await shownOf(services, asked, purpose);
    return {
      status: 200,
      title,
      lines: [
        what,
        `To go on, sign in as yourself at ${new URL(config.issuer).hostname}. If it was not you who pressed the button in Slack a moment ago, close this page and tell your security team.`,
      ],
      button: `Sign in and ${verb}`,
    };
  }
  // A page of another site must not press the button for a person who is already signed in.
  if (request.headers.origin !== new URL(config.publicUrl).origin) {
    return refused(problem('sign-in.other-browser'), 403);
  }
  const attempt = {
    state: newSecret(),
    browser: newSecret(),
    needed,
    ...(await hintOf(services, asked.person_id)),
  };
  let url: URL;
  try {
    url = await provider.authorizationUrl(attempt);
  } catch (error) {
    log.warn({ detail: detailOf(error) }, 'the identity provider did not answer');
    return refused(problem('sign-in.provider-away'), 503);
  }
  const started = { stateHash: textHash(attempt.state), browserHash: textHash(attempt.browser) };
  if (!(await beginSignIn(db, asked.id, { ...started, at: services.now() }))) {
    return refused(problem('sign-in.over'), 410);
  }
  const cookie = cookieOf(config, asked.id, attempt.browser, 600);
  const headers = { location: url.href, 'set-cookie': cookie };
  return { status: 303, title: 'Sign in', lines: [], headers };
}

/** The description on the page of what the person is about to do. */
async function shownOf(
  services: Services,
  asked: SignInRecord,
  purpose: Exclude<Awaited<ReturnType<typeof readPurpose>>, Problem>,
): Promise<{ readonly title: string; readonly what: string; readonly verb: string }> {
  if (purpose.kind === 'link') {
    const { person_name: name, connect_username: username, instance } = purpose.link;
    return {
      title: `Is ${name} the user ${username}?`,
      what: `Whoever is ${name} in Slack may then do there what ${username} may do in Amazon Connect (${instance}). Go on only if you are both.`,
      verb: 'be linked',
    };
  }
  const { record } = purpose;
  const { title, verb } = chosen[choiceOf(asked).what.kind] ?? approving;
  return {
    title: `${title.replace('{number}', requestNumber(record.id))}?`,
    what: await whatOf(services, record),
    verb,
  };
}

/** The subject of the approval, for a person who got the link from somebody else. */
async function whatOf(services: Services, record: RequestRecord): Promise<string> {
  const { waiting } = await readRowCounts(services.db, record.id);
  const profiles = record.binding?.profiles.map(({ name }) => name) ?? [];
  const access = profiles.length > 0 ? `, with ${fewNames(profiles)}` : '';
  return `${record.requester_name} requests ${count(waiting, 'user')} in ${record.instance}${access}. The card in Slack says more.`;
}

/** The person's email address, if Slack answers in time. */
async function hintOf(services: Services, personId: string): Promise<{ readonly hint?: string }> {
  const person = await services.people.person(personId).catch(() => null);
  return person?.email ? { hint: person.email } : {};
}

/** The person returns from the identity provider. */
async function answerBack(deps: SignInDeps, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'GET') return refused(problem('sign-in.over'), 405);
  const { config } = deps;
  const url = urlOf(request);
  const browserOf = (id: number) => cookieIn(request, cookieName(config, id));
  const taken = await takeSignIn(deps, url, browserOf);
  const headers = taken.id ? { 'set-cookie': cookieOf(config, taken.id, '', 0) } : {};
  if (taken.why) return { ...refused(taken.why), headers };
  return {
    status: 200,
    title: 'You are signed in',
    lines: [
      'What you chose is being carried out. Slack shows it in a moment; you can close this page.',
    ],
    headers,
  };
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://localhost');
}

/** With `__Host-` a browser accepts it only from this host, over https. */
function cookieName({ publicUrl }: SignInConfig, id: number): string {
  return `${publicUrl.startsWith('https:') ? '__Host-' : ''}sign-in-${id}`;
}

function cookieOf(config: SignInConfig, id: number, value: string, seconds: number): string {
  const secure = config.publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${cookieName(config, id)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function cookieIn(request: IncomingMessage, name: string): string {
  const cookies = (request.headers.cookie ?? '').split('; ');
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const text = renderPage(answer);
  response.writeHead(answer.status, {
    ...pageHeaders,
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
