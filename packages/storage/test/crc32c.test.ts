import { crc32c } from '@bachata-buddy/gcs-testkit';
import t from 'tap';
import { makeCrc32c } from '../src/crc32c.ts';

const sumOf = (...pieces: readonly Uint8Array[]): string => {
  const crc = makeCrc32c();
  for (const piece of pieces) crc.update(piece);
  return crc.toBase64();
};

/** RFC 3720, appendix B.4: what is sent, and its checksum, the most significant byte first. */
const PUBLISHED: readonly (readonly [title: string, bytes: Uint8Array, checksum: string])[] = [
  ['32 bytes of zeroes', Buffer.alloc(32), '8a9136aa'],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), '62a8ab43'],
  ['32 bytes counted upwards', Uint8Array.from({ length: 32 }, (_, n) => n), '46dd794e'],
  ['32 bytes counted downwards', Uint8Array.from({ length: 32 }, (_, n) => 31 - n), '113fdb5c'],
  ['nine digits', Buffer.from('123456789'), 'e3069283'],
  ['nothing', new Uint8Array(0), '00000000'],
];

for (const [title, bytes, checksum] of PUBLISHED) {
  t.test(`the checksum of ${title} is the published one`, async (t) => {
    t.equal(Buffer.from(sumOf(bytes), 'base64').toString('hex'), checksum);
  });
}

t.test('a checksum is the same however the bytes are cut, and wherever they lie in memory', async (t) => {
  const bytes = Uint8Array.from({ length: 61 }, (_, n) => (n * 167 + 13) & 0xff);
  const whole = crc32c(bytes);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    t.equal(sumOf(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `cut behind byte ${cut}`);
  }
});
