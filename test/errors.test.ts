import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { errors } from '../src/errors/catalogue.ts';
import { fieldErrors } from '../src/errors/fields.ts';
import {
  type ErrorCode,
  explain,
  type Problem,
  ProblemError,
  problem,
  sentenceOf,
  todoOf,
} from '../src/errors/problem.ts';
import { errorsPage } from './errors-page.ts';

const codes = Object.keys(errors) as ErrorCode[];
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** A problem with this code; `value` provides the value for each placeholder's name. */
function filled(code: ErrorCode, value: (name: string) => string | number): Problem {
  const { sentence, todo } = errors[code];
  const names = placeholders(`${sentence} ${todo}`);
  return { code, params: Object.fromEntries(names.map((name) => [name, value(name)])) };
}

describe('the catalogue of errors', () => {
  test('ends every sentence and every advice with the punctuation of a sentence', () => {
    const open = codes.flatMap((code) => {
      const entry = filled(code, (name) => name);
      return [sentenceOf(entry), todoOf(entry)].filter(
        (text) => text !== '' && !/[.!?…”)]$/.test(text),
      );
    });
    assert.deepEqual(open, []);
  });

  test('begins every sentence with a capital letter, a digit or a placeholder', () => {
    const wrong = codes.filter((code) => !/^[\p{Lu}\d“{]/u.test(errors[code].sentence));
    assert.deepEqual(wrong, []);
    const advice = codes.filter((code) => !/^([\p{Lu}\d“{]|a–z|$)/u.test(errors[code].todo));
    assert.deepEqual(advice, []);
  });

  test('has no sentence that a phone cannot show whole', () => {
    const long = codes.filter((code) => {
      const { sentence, todo } = errors[code];
      return sentence.length > 160 || todo.length > 180;
    });
    assert.deepEqual(long, []);
  });

  test('names its codes family.case, so that they can be searched for', () => {
    const odd = codes.filter((code) => code !== 'unexpected' && !/^[a-z-]+\.[a-z-]+$/.test(code));
    assert.deepEqual(odd, []);
  });

  test('fills every placeholder, and only once: what was typed is never taken for one', () => {
    for (const code of codes) {
      const text = explain(filled(code, (name) => `<${name}>`));
      assert.deepEqual(placeholders(text), [], code);
      const twice = explain(filled(code, () => '{value} {instance} $& $1'));
      const inserted = twice.split('{value} {instance} $& $1').length - 1;
      const { sentence, todo } = errors[code];
      assert.equal(inserted, placeholders(`${sentence} ${todo}`).length, code);
    }
  });

  test('shows numbers and zero as they are', () => {
    assert.equal(
      sentenceOf(problem('field.too-long', { limit: 20, count: 0 })),
      'Maximum 20 characters (this has 0).',
    );
  });

  test('puts one full stop after what Amazon Connect said, whether or not it ended in one', () => {
    const say = (detail: string) => explain(problem('create.invalid', { detail }));
    const expected =
      'Amazon Connect refused these values: Username is taken. Correct them and send the request again.';
    assert.equal(say('Username is taken'), expected);
    assert.equal(say('Username is taken.'), expected);
    assert.equal(say('Username is taken.\n'), expected);
  });

  test('makes one line of each error, the sentence first and the advice last, for any text in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.string({ unit: 'grapheme' }), (code, value) => {
        const entry = filled(code, () => value);
        const text = explain(entry);
        assert.ok(text.startsWith(sentenceOf(entry)));
        assert.ok(text.endsWith(todoOf(entry)));
      }),
    );
  });

  test('is used: no entry is left that nothing in src/ refers to', () => {
    const sources = globSync('src/**/*.ts')
      .filter((file) => !file.startsWith('src/errors/'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const unused = codes.filter((code) => !sources.includes(`'${code}'`));
    assert.deepEqual(unused, []);
  });

  test('travels in an error with its sentence as the message and its cause kept', () => {
    const cause = new Error('ECONNREFUSED');
    const error = new ProblemError(problem('create.unavailable'), { cause });
    assert.equal(error.message, explain(problem('create.unavailable')));
    assert.equal(error.cause, cause);
    assert.equal(error.problem.code, 'create.unavailable');
  });
});

describe('docs/errors.md', () => {
  const file = new URL('../docs/errors.md', import.meta.url);

  test('is the catalogue; after a change: UPDATE_DOCS=1 npm test -- test/errors.test.ts', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(file, errorsPage());
    assert.equal(
      readFileSync(file, 'utf8'),
      errorsPage(),
      'docs/errors.md is old: UPDATE_DOCS=1 npm test -- test/errors.test.ts',
    );
  });

  test('has a row for every code', () => {
    const page = readFileSync(file, 'utf8');
    const missing = codes.filter((code) => !page.includes(`| \`${code}\` |`));
    assert.deepEqual(missing, []);
  });
});

test('a limit of a field names the field, because a card says it without one', () => {
  const limits = Object.entries(fieldErrors).filter(([code]) => code.endsWith('.near-limit'));
  assert.ok(limits.length > 0);
  for (const [code, { sentence }] of limits) {
    const field = code.slice(0, code.indexOf('.')).replace('-', ' ');
    assert.ok(sentence.includes(field), `${code}: ${sentence}`);
  }
});
