import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('./web', import.meta.url));

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

export type PageFile = { body: Buffer; type: string };

/**
 * Builds the sandbox page with Vite, in memory (about half a second), so that a clone needs no build
 * step and nothing generated lies around. Answers a function from a path of the address (`/`,
 * `/assets/…`) to the file, or null where the page has none. Rejects when the page does not build.
 */
export async function createPage(): Promise<(path: string) => Promise<PageFile | null>> {
  // Loaded here and not above: whoever uses the sandbox without its page does not wait for Vite.
  const { build } = await import('vite');
  const environment = process.env.NODE_ENV;
  const result = await build({
    root,
    // The page's own settings only; whatever Vite configuration lies around is not ours.
    configFile: false,
    envDir: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      reportCompressedSize: false,
    },
  });
  // Vite leaves NODE_ENV=production behind, which is not the page's to decide for this process.
  if (environment === undefined) delete process.env.NODE_ENV;
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
  const files = new Map<string, PageFile>();
  for (const { output } of outputs) {
    for (const file of output) {
      const source = file.type === 'chunk' ? file.code : file.source;
      const type = types[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      files.set(`/${file.fileName}`, { body: Buffer.from(source), type });
    }
  }
  const index = files.get('/index.html');
  if (!index) throw new Error('the sandbox page was built without an index.html');
  files.set('/', index);
  return async (path) => files.get(path) ?? null;
}
