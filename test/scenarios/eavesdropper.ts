/** A proxy between the bot and Amazon Connect that records the passwords, which the recorder never keeps. */
import { createServer, request } from 'node:http';
import type { TestContext } from 'node:test';
import { listenOnLoopback } from '../loopback.ts';

export type Eavesdropper = {
  readonly url: string;
  /** Passwords of CreateUser in the order in which they were sent. */
  readonly passwords: readonly string[];
};

export async function eavesdropOn(t: TestContext, connectUrl: string): Promise<Eavesdropper> {
  const passwords: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const password = passwordIn(body);
    if (password !== undefined) passwords.push(password);
    const { method, headers } = incoming;
    // The headers are passed on unchanged, because the signature covers them.
    const onward = request(new URL(incoming.url ?? '/', connectUrl), { method, headers });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  });
  const port = await listenOnLoopback(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, passwords };
}

function passwordIn(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  const parsed: unknown = JSON.parse(body.toString('utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('Password' in parsed)) return undefined;
  return String(parsed.Password);
}
