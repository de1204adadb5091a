/**
 * Whether `If-None-Match` names what would be sent: any of the listed tags, weak or strong, or `*` (RFC 9110,
 * section 13.1.2).
 *
 * @param etag with its quotes
 */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
