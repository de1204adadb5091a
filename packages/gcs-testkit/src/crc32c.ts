/** Castagnoli's polynomial, bits reversed (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** CRC-32C as Cloud Storage writes it: big-endian, base64. */
export function crc32c(bytes: Uint8Array): string {
  let value = 0xffffffff;
  // Not with an iterator, which takes several times as long: tests send millions of bytes.
  for (let at = 0; at < bytes.length; at += 1)
    value = (value >>> 8) ^ (TABLE[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  const text = Buffer.alloc(4);
  text.writeUInt32BE((value ^ 0xffffffff) >>> 0);
  return text.toString('base64');
}
