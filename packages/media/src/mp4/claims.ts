import { type BoxSpan, damagedIndex, listBoxes } from './box.ts';

/** Boxes in boxes that an index nests at most; ffmpeg follows ten. */
const MAX_DEPTH = 10;
const MAX_BOXES = 100_000;

/** Boxes that hold boxes, wherever they stand; `meta` is the one with fields in front of them. */
const CONTAINERS = new Set(
  'moov trak mdia minf stbl edts dinf mvex moof traf mfra udta meta iprp sinf schi'.split(' '),
);
/** Free text of all sorts of writers, which is not always made of whole boxes. */
const LOOSE_CONTAINERS = new Set(['udta', 'meta']);

/** How many entries a box claims, and the least bytes that one takes. */
interface Claim {
  readonly count: number;
  readonly entryBytes: number;
  /** Where the entries begin, in bytes from the box's body. */
  readonly at: number;
}

type ReadClaim = (body: Buffer) => Claim;

/** Version and flags, then the count, then the entries: what most boxes that count are. */
const table =
  (entryBytes: number, countAt = 4): ReadClaim =>
  (body) => ({ count: body.readUInt32BE(countAt), entryBytes, at: countAt + 4 });

const byVersion =
  (first: ReadClaim, later: ReadClaim): ReadClaim =>
  (body) =>
    (body.readUInt8(0) === 0 ? first : later)(body);

/** Where flag 1 is set, a type and its parameter stand in front of what is read. */
const behindType = (read: (body: Buffer, at: number) => Claim): ReadClaim => {
  return (body) => read(body, body.readUInt8(3) % 2 === 1 ? 12 : 4);
};

const bitsSet = (bits: number): number => bits.toString(2).replaceAll('0', '').length;

/**
 * What counts in an index, with the least that one entry takes.
 * Source: ISO/IEC 14496-12 (tables 8.6 to 8.9, fragments 8.8, groups 8.9, items 8.11), 23001-7 for `senc` and `pssh`.
 */
const COUNTING: Readonly<Record<string, ReadClaim>> = {
  stts: table(8),
  ctts: table(8),
  stss: table(4),
  stps: table(4),
  stsh: table(8),
  stsc: table(12),
  stco: table(4),
  co64: table(8),
  stsd: table(8),
  dref: table(8),
  keys: table(8),
  elst: byVersion(table(12), table(20)),
  // A constant size stands for a list of sizes; the samples themselves are held against the file below.
  stsz: (body) => ({ count: body.readUInt32BE(8), entryBytes: body.readUInt32BE(4) === 0 ? 4 : 0, at: 12 }),
  stz2: (body) => ({ count: body.readUInt32BE(8), entryBytes: body.readUInt8(7) / 8, at: 12 }),
  padb: (body) => ({ count: body.readUInt32BE(4), entryBytes: 1 / 2, at: 8 }),
  sbgp: byVersion(table(8, 8), table(8, 12)),
  sgpd: byVersion(table(1, 8), table(1, 12)),
  subs: table(6),
  saiz: behindType((body, at) => ({
    count: body.readUInt32BE(at + 1),
    entryBytes: body.readUInt8(at) === 0 ? 1 : 0,
    at: at + 5,
  })),
  saio: behindType((body, at) => ({
    count: body.readUInt32BE(at),
    entryBytes: body.readUInt8(0) === 0 ? 4 : 8,
    at: at + 4,
  })),
  senc: table(1),
  pssh: (body) =>
    body.readUInt8(0) === 0
      ? { count: body.readUInt32BE(20), entryBytes: 1, at: 24 }
      : { count: body.readUInt32BE(20), entryBytes: 16, at: 24 },
  sidx: byVersion(
    (body) => ({ count: body.readUInt16BE(22), entryBytes: 12, at: 24 }),
    (body) => ({ count: body.readUInt16BE(30), entryBytes: 12, at: 32 }),
  ),
  ssix: table(4),
  tfra: byVersion(table(11, 12), table(19, 12)),
  trun: (body) => {
    const flags = body.readUIntBE(1, 3);
    const perSample = 4 * bitsSet((flags >> 8) & 0b1111);
    return { count: body.readUInt32BE(4), entryBytes: perSample, at: 8 + 4 * bitsSet(flags & 0b101) };
  },
  iinf: byVersion((body) => ({ count: body.readUInt16BE(4), entryBytes: 12, at: 6 }), table(12)),
  iloc: (body) =>
    body.readUInt8(0) < 2
      ? { count: body.readUInt16BE(6), entryBytes: 6, at: 8 }
      : { count: body.readUInt32BE(6), entryBytes: 8, at: 10 },
  ipma: table(3),
};

/**
 * Holds what the boxes of an index claim against the bytes that they have: those of every box that counts, at any depth,
 * also of fragments. Where entries take no bytes of their own (samples of one size, of one length), each stands for a
 * byte of the file at least.
 *
 * @param bytes boxes from end to end @param fileBytes length of the whole file
 * @throws AppError `MEDIA_INDEX_INVALID`
 */
export function holdClaims(bytes: Buffer, fileBytes: number): void {
  let boxCount = 0;
  const walk = (boxes: readonly BoxSpan[], depth: number): void => {
    if (depth > MAX_DEPTH) throw damagedIndex('boxes are nested too deeply');
    boxCount += boxes.length;
    if (boxCount > MAX_BOXES) throw damagedIndex('more boxes than an index may have');
    for (const box of boxes) {
      holdClaim(bytes, box, fileBytes);
      if (CONTAINERS.has(box.type)) walk(childrenOf(bytes, box), depth + 1);
    }
  };
  walk(listBoxes(bytes, 0, bytes.length), 0);
}

function holdClaim(bytes: Buffer, { type, bodyStart, end }: BoxSpan, fileBytes: number): void {
  const read = Object.hasOwn(COUNTING, type) ? COUNTING[type] : undefined;
  if (read === undefined) return;
  const body = bytes.subarray(bodyStart, end);
  const { count, entryBytes, at } = readOrRefuse(read, body, type);
  const room = entryBytes === 0 ? fileBytes : Math.max(0, body.length - at) / entryBytes;
  if (count > Math.ceil(room)) throw damagedIndex(`${type} claims more entries than there is room for`);
}

function readOrRefuse(read: ReadClaim, body: Buffer, type: string): Claim {
  try {
    return read(body);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw damagedIndex(`${type} is cut short`);
    throw thrown;
  }
}

function childrenOf(bytes: Buffer, { type, bodyStart, end }: BoxSpan): BoxSpan[] {
  try {
    return listBoxes(bytes, bodyStart + fieldBytesOf(bytes, type, bodyStart), end);
  } catch (thrown) {
    if (LOOSE_CONTAINERS.has(type)) return [];
    throw thrown;
  }
}

/** `meta` has a version in front of its boxes, but not as QuickTime writes it. */
function fieldBytesOf(bytes: Buffer, type: string, bodyStart: number): number {
  if (type !== 'meta') return 0;
  return bytes.toString('latin1', bodyStart + 4, bodyStart + 8) === 'hdlr' ? 0 : 4;
}
