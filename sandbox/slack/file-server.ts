/** `/files/…`: uploads (upload URLs) and downloads (`url_private_download`). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { bot } from '../seed.ts';
import { botMayRead, type StoredFile } from './files.ts';
import { bearerOf, readBody, sendText } from './http.ts';
import { limits } from './limits.ts';
import type { World } from './world.ts';

const signInPage =
  '<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>Sign in to your workspace</h1></body></html>';

export async function answerFiles(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const upload = /^\/files\/upload\/v1\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (upload !== undefined) return receive(world, request, response, upload);
  const id = /^\/files\/files-pri\/[^/]*-(F[0-9A-Z]+)\//.exec(url.pathname)?.[1];
  if (id !== undefined) return download(world, request, response, id);
  if (url.pathname === '/files/sign-in') return sendText(response, 200, signInPage, 'text/html');
  sendText(response, 404, 'Not found', 'text/plain');
}

async function receive(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  ticket: string,
): Promise<void> {
  const pending = world.files.upload(ticket);
  const body = await readBody(request, 60_000_000);
  const bytes = await fileBytes(body, request.headers['content-type'] ?? '');
  const good = request.method === 'POST' && pending !== undefined && bytes !== undefined;
  // A length other than the announced one is refused; Slack's answer for it is a guess.
  const fits = good && bytes.length === pending.length && bytes.length <= limits.uploadBytes.max;
  const answer = fits ? `OK - ${bytes.length}` : 'Bad upload';
  world.recorder.note({
    kind: 'file',
    name: 'upload',
    request: { file: pending?.fileId ?? null, name: pending?.name ?? null, size: bytes?.length },
    response: answer,
    status: fits ? 200 : 400,
    ok: fits,
  });
  if (fits) pending.bytes = bytes;
  sendText(response, fits ? 200 : 400, answer, 'text/plain');
}

/** The first file of a multipart form, or the raw body. */
async function fileBytes(body: Buffer, type: string): Promise<Buffer | undefined> {
  if (!type.startsWith('multipart/form-data')) return body;
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData();
    for (const value of form.values()) {
      if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
    }
  } catch {
    return undefined;
  }
  return undefined;
}

async function download(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const file = world.files.get(id);
  const token = bearerOf(request);
  const note = (status: number, answer: string, ok: boolean) =>
    world.recorder.note({
      kind: 'file',
      name: 'download',
      request: { file: id, name: file?.name ?? null, authorized: token !== undefined },
      response: answer,
      status,
      ok,
    });
  const elsewhere = () => {
    note(302, 'redirect to the sign-in page', false);
    response.writeHead(302, { location: `${world.address.url}/files/sign-in` }).end();
  };
  const signIn = () => {
    note(200, 'the sign-in page, as HTML', false);
    sendText(response, 200, signInPage, 'text/html; charset=utf-8');
  };

  const fault = world.faults.take('file', '');
  if (fault?.as === 'html') return signIn();
  if (fault?.as === 'redirect' || token === undefined) return elsewhere();
  if (fault?.as === 'forbidden') {
    note(403, 'forbidden', false);
    return sendText(response, 403, 'Forbidden', 'text/plain');
  }
  const allowed = token === bot.botToken && world.app.scopes.has('files:read');
  if (!file || !allowed || !botMayRead(file, world.botIsIn)) return signIn();

  note(
    200,
    fault ? `${file.bytes.length} bytes, ${fault.as}` : `${file.bytes.length} bytes`,
    !fault,
  );
  await send(response, file, fault?.as);
}

async function send(
  response: ServerResponse,
  file: StoredFile,
  fault: 'slow' | 'cut' | undefined,
): Promise<void> {
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': file.bytes.length,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  if (!fault) return void response.end(file.bytes);
  const half = Math.floor(file.bytes.length / 2);
  response.write(file.bytes.subarray(0, half));
  if (fault === 'cut') {
    await pause(20, undefined, { ref: false });
    return void response.destroy();
  }
  // Slow: the data arrives so slowly that a client should give up on a small file.
  for (let at = half; at < file.bytes.length && !response.destroyed; at += 64) {
    response.write(file.bytes.subarray(at, at + 64));
    await pause(500, undefined, { ref: false });
  }
  response.end();
}
