/** Castagnoli's polynomial, bits reversed (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;
/** Bytes that are taken at a time, each with a table of its own ("slicing by eight", Kounavis and Berry 2005). */
const SLICE_BYTES = 8;
const BYTE_VALUES = 256;

/** One table after the other: what a byte comes to that so many others of its slice follow. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(SLICE_BYTES * BYTE_VALUES);
  for (let index = 0; index < tables.length; index += 1) {
    const before = tables[index - BYTE_VALUES];
    tables[index] = before === undefined ? ofByte(index) : (tables[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return tables;
}

function ofByte(byte: number): number {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
}

/** The CRC-32C of bytes that come piece by piece. */
export interface Crc32c {
  update(bytes: Uint8Array): void;
  /** Of all so far, as Cloud Storage writes it: big-endian, base64. */
  toBase64(): string;
}

/**
 * Many times as fast as what Google's client has, which asks an iterator for each byte: every clip that a job fetches goes
 * through this, and its video once more.
 */
export function makeCrc32c(): Crc32c {
  let state = -1;
  return {
    update(bytes) {
      state = advance(state, bytes);
    },
    toBase64() {
      const text = Buffer.alloc(4);
      text.writeInt32BE(~state);
      return text.toString('base64');
    },
  };
}

function advance(state: number, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = state;
  let at = 0;
  for (; at + SLICE_BYTES <= bytes.length; at += SLICE_BYTES) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      entry(7, low) ^
      entry(6, low >>> 8) ^
      entry(5, low >>> 16) ^
      entry(4, low >>> 24) ^
      entry(3, high) ^
      entry(2, high >>> 8) ^
      entry(1, high >>> 16) ^
      entry(0, high >>> 24);
  }
  for (; at < bytes.length; at += 1) crc = entry(0, crc ^ view.getUint8(at)) ^ (crc >>> 8);
  return crc;
}

function entry(table: number, byte: number): number {
  return TABLES[table * BYTE_VALUES + (byte & 0xff)] ?? 0;
}
