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
 * Builds the sandbox page with Vite in memory (about half a second), so that a clone needs no build step and no
 * generated files are left behind. Returns a function from a path (`/`, `/assets/…`) to the file, or null for an
 * unknown path. Rejects when the build fails.
 */
export async function createPage(): Promise<(path: string) => Promise<PageFile | null>> {
  // Imported here and not above, so that a sandbox without its page does not load Vite.
  const { build } = await import('vite');
  const environment = process.env.NODE_ENV;
  const result = await build({
    root,
    // Only the page's own settings; other Vite configuration files in the folder are ignored.
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
  // Vite sets NODE_ENV=production, which must not stay set for this process.
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
