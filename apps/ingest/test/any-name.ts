/** Mulberry32 (public domain): a small seeded generator, 0..1. */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pieces of names: any bytes but NUL and the slash. */
const PIECES: readonly Buffer[] = [
  ...[
    'a',
    'Amor',
    '..',
    '...',
    '.',
    '\n',
    '\r\n',
    '\t',
    '\\',
    '%',
    '%2e%2e',
    '%00',
    '-rf',
    '--',
    ' ',
    '  ',
    '💃',
    '👩‍👩‍👧‍👦',
  ],
  ...[
    'ñ',
    'n\u0303',
    'é'.normalize('NFD'),
    '愛',
    'عشق',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\u2028',
    '\u0085',
    '\u001b[31m',
    '\u007f',
  ],
  ...[
    'file:',
    'http:',
    'C:',
    'data',
    'concat:',
    '|',
    '*',
    '?',
    '"',
    "'",
    '`',
    '$(x)',
    ';',
    '&',
    '<',
    '>',
    '{}',
    '[0]',
    '~',
    '#',
    '%s',
  ],
].map((text) => Buffer.from(text));
const BROKEN = [[0xff], [0xc3], [0xf3, 0x6e], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0x80]].map((bytes) =>
  Buffer.from(bytes),
);

/** A song's name, of up to 255 bytes. */
export function anyName(random: () => number): Buffer {
  const pick = (list: readonly Buffer[]) => list[Math.floor(random() * list.length)] ?? Buffer.alloc(0);
  const isLong = random() < 0.1;
  const parts = Array.from({ length: isLong ? 200 : Math.floor(random() * 6) }, () =>
    pick(random() < 0.15 ? BROKEN : PIECES),
  );
  const stem = Buffer.concat(parts).subarray(0, 251);
  return Buffer.concat([stem, Buffer.from('.mp3')]);
}
