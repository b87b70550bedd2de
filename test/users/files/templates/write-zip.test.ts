import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { fromBufferPromise } from 'yauzl';
import { zipOf } from '../../../../src/users/files/templates/write-zip.ts';

const parts = [
  ['a.xml', '123456789'],
  ['folder/b.xml', 'é\u{1F600}'.repeat(10_000)],
  ['empty.xml', ''],
] as const;

describe('a zip', () => {
  test('gives its parts back, in two libraries that did not write it', async () => {
    const bytes = zipOf(parts);
    const unzipped = unzipSync(bytes);
    assert.deepEqual(
      Object.entries(unzipped).map(([name, content]) => [name, strFromU8(content)]),
      parts,
    );
    const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName);
      let length = 0;
      for await (const piece of await zip.openReadStreamPromise(entry)) length += piece.length;
      assert.equal(length, entry.uncompressedSize);
      assert.deepEqual(entry.getLastModDate({ timezone: 'UTC' }), new Date('2020-01-01T12:00:00Z'));
    }
    assert.deepEqual(
      names,
      parts.map(([name]) => name),
    );
  });

  test('has the checksum that every CRC-32 gives for 123456789, in both of its places', () => {
    const bytes = Buffer.from(zipOf(parts));
    const checksum = 0xcbf43926;
    assert.equal(bytes.readUInt32LE(14), checksum);
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    assert.equal(bytes.readUInt32LE(directory + 16), checksum);
  });

  test('is small, and refuses more parts than it can count', () => {
    assert.ok(zipOf(parts).length < 1_000);
    const many = Array.from({ length: 65_536 }, (_, at) => [String(at), ''] as const);
    assert.throws(() => zipOf(many), RangeError);
  });
});
