/**
 * Files in the encodings of Excel's many languages are read correctly, or the sender chooses; they are never garbled.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decodeAs,
  recognizeEncoding,
} from '../../../../src/users/files/encodings/detect-encoding.ts';

/** A reversed table of every byte's character, because `TextDecoder` has no counterpart that encodes these. */
function encodeIn(encoding: string, text: string): Uint8Array {
  const bytesOf = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]) => {
    const letter = decodeAs(Uint8Array.from(bytes), encoding);
    if (letter && [...letter].length === 1 && !bytesOf.has(letter)) bytesOf.set(letter, bytes);
  };
  for (let first = 0; first < 256; first += 1) learn(first);
  if (/shift|gb|big5|euc/.test(encoding)) {
    for (let first = 0x81; first < 0xff; first += 1) {
      for (let second = 0x40; second < 0xff; second += 1) learn(first, second);
    }
  }
  return Uint8Array.from([...text].flatMap((letter) => bytesOf.get(letter) ?? [0x3f]));
}

const header = 'first name,last name,user login,routing profile name,security profile\r\n';
const files: readonly (readonly [encoding: string, ...names: string[]])[] = [
  ['windows-1252', 'Désirée Delacroix', 'Jürgen Wößner', 'Iñaki Ibáñez', 'Søren Højlund'],
  ['windows-1250', 'Přemysl Žďárský', 'Božena Střelcová', 'Jaroslav Kříž', 'Eliška Šulcová'],
  ['windows-1250', 'Świętosława Gęś', 'Michał Późniak', 'Łucja Wąsik', 'Paweł Ślęzak'],
  ['windows-1251', 'Геннадий Лобанов', 'Лариса Быкова', 'Тимур Цой', 'Инна Юдина'],
  ['windows-1254', 'Güngör Şahinoğlu', 'Aslı Yüceışık', 'Tuğrul Kırboğa', 'Şenay Işıldak'],
  ['windows-1253', 'Λεωνίδας Καρράς', 'Φωτεινή Ξανθού', 'Στέλιος Γκίκας', 'Όλγα Ρήγα'],
  ['shift_jis', '誠 松田', '恵美 西村', '拓海 上野', '葵 原田'],
  ['gb18030', '建国 许', '晓燕 罗', '志强 曹', '雪梅 邓'],
  ['big5', '國華 鄭', '麗珠 曾', '文雄 賴', '慧貞 蘇'],
  ['euc-kr', '상훈 신', '미경 오', '재현 한', '은주 배'],
  ['macintosh', 'Désirée Delacroix', 'Jürgen Wößner', 'Iñaki Ibáñez', 'Noël Périgueux'],
  ['ibm850', 'Désirée Delacroix', 'Jürgen Wößner', 'Iñaki Ibáñez', 'Noël Périgueux'],
  ['koi8-u', 'Геннадий Лобанов', 'Лариса Быкова', 'Тимур Цой', 'Инна Юдина'],
  ['ibm866', 'Геннадий Лобанов', 'Лариса Быкова', 'Тимур Цой', 'Инна Юдина'],
];

describe('the encoding of a file', () => {
  for (const [encoding, ...names] of files) {
    it(`should be told from its names, or be among those that are asked about: ${encoding}, ${names[0]}`, () => {
      for (const count of [1, 2, names.length]) {
        const rows = names
          .slice(0, count)
          .map((name, at) => `${name.replace(' ', ',')},user${at},Basic Routing Profile,Agent\r\n`);
        const text = header + rows.join('');
        const bytes = encodeIn(encoding, text);
        const found = recognizeEncoding(bytes);
        if (found.kind === 'certain') assert.equal(decodeAs(bytes, found.encoding), text);
        else if (count === names.length) {
          const readings = found.candidates.map((candidate) => decodeAs(bytes, candidate.encoding));
          assert.ok(readings.includes(text), JSON.stringify(found.candidates));
        }
      }
    });
  }
});
