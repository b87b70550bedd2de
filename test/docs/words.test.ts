/** Text for people uses the words of docs/words.md; the last column of its tables lists words to avoid. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { messageShapes } from '../../src/doctor/blocks/message-shapes.ts';
import { viewShapes } from '../../src/doctor/blocks/view-shapes.ts';
import { errors } from '../../src/errors/catalogue.ts';
import { objectsIn } from '../messages/slack-takes.ts';

type Avoided = { readonly word: string; readonly instead: string };

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The words to avoid, each with its replacement. */
function avoidedWords(page: string): Avoided[] {
  return page.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const instead = cells[1];
    const words = cells[3];
    if (cells.length !== 5 || !instead || !words || words === 'Not' || /^-+$/.test(words))
      return [];
    return words.split(', ').map((word) => ({ word, instead }));
  });
}

const avoided = avoidedWords(read('docs/words.md'));

function wordsIn(text: string): string[] {
  return avoided
    .filter(({ word }) => pattern(word).test(text))
    .map(({ word, instead }) => `“${word}” (say “${instead}”) in: ${text.slice(0, 160)}`);
}

/** Abbreviations are case-sensitive; other words are not. */
function pattern(word: string): RegExp {
  const whole = `(?<![\\w.-])${word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`;
  return new RegExp(whole, /^[A-Z]+$/.test(word) ? 'u' : 'iu');
}

/** The texts of a source file that contain prose: strings and templates with a space. */
function proseOf(source: string): string[] {
  const tokens =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return [...source.matchAll(tokens)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith('/') && / /.test(token.slice(1, -1)))
    .map((token) => token.replaceAll(/\$\{[^}]*\}/g, '…'));
}

describe('the words of docs/words.md', () => {
  test('name words to avoid, for Slack’s things, for AWS’s and for the bot’s own', () => {
    const words = avoided.map(({ word }) => word);
    for (const word of ['ask for', 'DM', 'user name', 'e-mail']) assert.ok(words.includes(word));
    assert.equal(new Set(words).size, words.length, 'each once');
  });

  test('are recognized in a sentence, and not inside other words', () => {
    assert.equal(wordsIn('Send a DM to the popup’s owner').length, 2);
    assert.deepEqual(wordsIn('The classroom has a broom, dm-ended, usergroup_id, e-mails'), []);
  });

  test('are those of the error catalogue', () => {
    const sentences = Object.values<{ sentence: string; todo?: string | undefined }>(errors);
    assert.ok(sentences.length > 300);
    assert.deepEqual(
      sentences.flatMap(({ sentence, todo }) => [...wordsIn(sentence), ...wordsIn(todo ?? '')]),
      [],
    );
  });

  test('are those of messages, views, help, the doctor’s lines and the manifest', () => {
    const files = globSync([
      'src/{messages,modals,actions,commands,doctor,setup,policy}/**/*.ts',
      'manifest.yml',
    ]);
    assert.ok(files.length > 100, String(files.length));
    const found = files.flatMap((path) => {
      const text = read(path);
      const texts = path.endsWith('.ts') ? proseOf(text) : text.split('\n');
      return texts.flatMap((prose) => wordsIn(prose)).map((line) => `${path}: ${line}`);
    });
    assert.deepEqual(found, []);
  });

  test('are those of every message and view as it is shown, with its text for screen readers', () => {
    const shapes = [...messageShapes(), ...viewShapes([])];
    assert.ok(shapes.length > 60, String(shapes.length));
    const found = shapes.flatMap((shape) => {
      const blocks = 'view' in shape ? shape.view.blocks : shape.blocks;
      const texts = [...objectsIn(blocks)].flatMap(({ text }) =>
        typeof text === 'string' ? [text] : [],
      );
      return texts.flatMap(wordsIn).map((line) => `${shape.name}: ${line}`);
    });
    assert.deepEqual(found, []);
  });

  test('are those of the README and every page, also of those that are made', () => {
    // The words themselves; and the names of Block Kit types and of columns in AWS's file.
    const others = ['docs/words.md', 'docs/sandbox.md', 'docs/sandbox-connect.md'];
    const pages = globSync(['README.md', 'docs/*.md', 'docs/config.schema.json']).filter(
      (path) => !others.includes(path),
    );
    assert.ok(pages.length > 15, String(pages.length));
    const found = pages.flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line) => wordsIn(line.replaceAll('`ACW timeout (seconds)`', '')))
        .map((line) => `${path}: ${line}`),
    );
    assert.deepEqual(found, []);
  });
});
