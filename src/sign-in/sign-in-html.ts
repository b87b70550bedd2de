/** The pages of a sign-in as HTML: text and one button, without scripts. Pure. */
import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';

export type Page = {
  readonly status: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** A form with one button, which has to be pressed, because programs that follow links do not press buttons. */
  readonly button?: string;
};

const style =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}';
const styleHash = createHash('sha256').update(style).digest('base64');

/** No scripts, no frames, no caching, no referrer. */
export const pageHeaders: OutgoingHttpHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`,
  // With the policy no-referrer, browsers would send no Origin header with the form.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function renderPage({ title, lines, button }: Page): string {
  const text = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  const form =
    button === undefined
      ? ''
      : `\n<form method="post"><button type="submit">${escaped(button)}</button></form>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${text}${form}
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
