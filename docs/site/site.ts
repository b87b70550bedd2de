/**
 * The pages of the documentation as a small site of static files. VitePress would bring 75 packages (102 MB), a second
 * version of Vite, and a package that runs a script when it is installed; this needs one package and no server.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Marked, type Tokens } from 'marked';
import type { NavGroup } from './nav.ts';

export type Site = {
  /** Path in the site → content. */
  readonly files: ReadonlyMap<string, string | Buffer>;
  /** Links that do not exist, as `page: target`. */
  readonly broken: readonly string[];
};

type Page = {
  readonly source: string;
  readonly file: string;
  readonly title: string;
  readonly html: string;
  readonly headings: readonly { readonly text: string; readonly anchor: string }[];
  /** Targets within the project, as written. */
  readonly links: readonly string[];
};

/**
 * Builds the site in memory. Links between pages lead to pages, links to other files of the project to copies of them.
 *
 * @param root the project's folder
 */
export function buildSite(root: string, nav: readonly NavGroup[]): Site {
  const sources = nav.flatMap(({ pages }) => pages);
  const files = new Map<string, string | Buffer>();
  const pages = sources.map((source) => renderPage(source, read(root, source), sources));
  const broken: string[] = [];
  for (const page of pages) {
    files.set(page.file, framed(page, pages, nav));
    for (const link of page.links) {
      const [target = '', anchor] = link.split('#');
      const source = target === '' ? page.source : targetOf(page.source, target);
      const linked = pages.find((each) => each.source === source);
      const isThere = linked
        ? anchor === undefined || linked.headings.some((heading) => heading.anchor === anchor)
        : existsSync(path.join(root, source)) && statSync(path.join(root, source)).isFile();
      if (!isThere) broken.push(`${page.source}: ${link}`);
      else if (!linked) files.set(copyOf(source), readFileSync(path.join(root, source)));
    }
  }
  const [first] = pages;
  if (first) files.set('index.html', forwardTo(first.file));
  files.set('style.css', read(root, 'docs/site/style.css'));
  files.set('search.js', `const searchIndex = ${JSON.stringify(pages.map(searched))};\n${search}`);
  return { files, broken };
}

function searched({ file, title, headings }: Page) {
  return { file, title, headings };
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function targetOf(page: string, target: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(page), target));
}

/** `docs/install.md` → `install.html` */
function fileOf(source: string): string {
  return `${path.posix.basename(source, '.md').toLowerCase()}.html`;
}

function copyOf(source: string): string {
  return `files/${source}`;
}

/** GitHub's anchor of a heading, so that links work there and here. */
function anchorOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function renderPage(source: string, text: string, sources: readonly string[]): Page {
  const headings: { text: string; anchor: string }[] = [];
  const links: string[] = [];
  const resolve = (href: string): string => {
    if (/^[a-z]+:/i.test(href)) return href;
    links.push(href);
    const [target = '', anchor] = href.split('#');
    if (target === '') return href;
    const linked = targetOf(source, target);
    const file = sources.includes(linked) ? fileOf(linked) : copyOf(linked);
    return anchor === undefined ? file : `${file}#${anchor}`;
  };
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const plain = this.parser.parseInline(tokens, this.parser.textRenderer);
        const anchor = anchorOf(unescaped(plain));
        headings.push({ text: unescaped(plain), anchor });
        return `<h${depth} id="${anchor}">${this.parser.parseInline(tokens)} <a class="anchor" href="#${anchor}" aria-label="Link to this section">#</a></h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${escaped(resolve(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text: alt }: Tokens.Image) {
        return `<img src="${escaped(resolve(href))}" alt="${escaped(alt)}" loading="lazy">`;
      },
    },
  });
  const html = marked
    .parse(text, { async: false })
    .replaceAll('<table>', '<div class="wide"><table>')
    .replaceAll('</table>', '</table></div>');
  const title = headings[0]?.text ?? source;
  return { source, file: fileOf(source), title, html, headings, links };
}

function framed(page: Page, pages: readonly Page[], nav: readonly NavGroup[]): string {
  const entry = (source: string) => {
    const target = pages.find((each) => each.source === source);
    if (!target) return '';
    const here = target === page ? ' aria-current="page"' : '';
    return `<li><a href="${target.file}"${here}>${escaped(target.title)}</a></li>`;
  };
  const groups = nav.map(
    ({ title, pages: listed }) =>
      `<h2>${escaped(title)}</h2><ul>${listed.map(entry).join('')}</ul>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)} · connect-add-user</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<nav aria-label="Pages">
<details open>
<summary>connect-add-user</summary>
<input type="search" id="search" placeholder="Search headings" aria-label="Search headings">
<ul id="found" hidden></ul>
<div id="pages">${groups.join('\n')}</div>
</details>
</nav>
<main id="content">
${page.html}</main>
<script src="search.js"></script>
</body>
</html>
`;
}

/** Finds headings by what is typed; on a phone the list of pages starts closed. */
const search = `
const menu = document.querySelector('nav details');
if (matchMedia('(max-width: 60rem)').matches) menu.open = false;
const box = document.getElementById('search');
const found = document.getElementById('found');
const pages = document.getElementById('pages');
box.addEventListener('input', () => {
  const words = box.value.trim().toLowerCase().split(/\\s+/).filter(Boolean);
  found.hidden = words.length === 0;
  pages.hidden = words.length > 0;
  const hits = searchIndex.flatMap(({ file, title, headings }) => headings
    .filter(({ text }) => words.every((word) => (title + ' ' + text).toLowerCase().includes(word)))
    .map(({ text, anchor }) => ({ href: file + '#' + anchor, text: title === text ? title : title + ' › ' + text })));
  found.replaceChildren(...hits.slice(0, 30).map(({ href, text }) => {
    const link = Object.assign(document.createElement('a'), { href, textContent: text });
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
});
`;

function forwardTo(file: string): string {
  return `<!doctype html><meta charset="utf-8"><title>connect-add-user</title><meta http-equiv="refresh" content="0; url=${file}"><a href="${file}">connect-add-user</a>\n`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
