/** Changes to mp4 files that no tool makes on purpose. The boxes' lengths stay, so that no offset moves. */

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'udta']);

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function boxesOf(file: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const end = at + file.readUInt32BE(at);
    boxes.push({ type: file.toString('latin1', at + 4, at + 8), start: at, end });
    at = end;
  }
  return boxes;
}

/** The first box of that type, at any depth. */
export function findBoxDeep(file: Buffer, type: string, from = 0, to = file.length): Box {
  const found = search(file, type, from, to);
  if (found === undefined) throw new Error(`There is no ${type}`);
  return found;
}

function search(file: Buffer, type: string, from: number, to: number): Box | undefined {
  for (const box of boxesOf(file, from, to)) {
    if (box.type === type) return box;
    const inside = CONTAINERS.has(box.type) ? search(file, type, box.start + 8, box.end) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Puts the user data of the index, with the cover picture in it, in front of the tracks. */
export function withCoverFirst(file: Buffer): Buffer {
  const index = findBoxDeep(file, 'moov');
  const parts = boxesOf(file, index.start + 8, index.end);
  const ordered = [
    ...parts.filter(({ type }) => type === 'udta'),
    ...parts.filter(({ type }) => type !== 'udta'),
  ];
  return Buffer.concat([
    file.subarray(0, index.start + 8),
    ...ordered.map(({ start, end }) => file.subarray(start, end)),
    file.subarray(index.end),
  ]);
}

/** Turns the picture a quarter clockwise, as a phone held upright notes it. */
export function turnedClockwise(file: Buffer): Buffer {
  const turned = Buffer.from(file);
  const matrix = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000];
  // Size, type, version 0: times, number and layer take 40 bytes in front of the matrix.
  const at = findBoxDeep(file, 'tkhd').start + 8 + 40;
  matrix.forEach((value, index) => {
    turned.writeInt32BE(value, at + 4 * index);
  });
  return turned;
}
