import { invalid } from './api-error.ts';
import type { ObjectMetadata } from './object-table.ts';

/** The two parts of a multipart/related upload: metadata as JSON, then the content. */
export function parseMultipart(
  contentType: string | undefined,
  body: Buffer,
): { metadata: ObjectMetadata & { name?: string }; bytes: Buffer } {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType ?? '');
  if (boundary === null) throw invalid('A multipart upload names its boundary.');
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]?.trim()}`);
  const [first, second] = partsOf(body, mark);
  if (first === undefined || second === undefined) throw invalid('A multipart upload has two parts.');
  const metadata = JSON.parse(first.content.toString('utf8')) as ObjectMetadata;
  return { metadata: { contentType: second.contentType, ...metadata }, bytes: second.content };
}

function partsOf(body: Buffer, mark: Buffer): { contentType: string; content: Buffer }[] {
  const parts: { contentType: string; content: Buffer }[] = [];
  let from = body.indexOf(mark);
  for (;;) {
    const next = body.indexOf(mark, from + mark.length);
    if (from === -1 || next === -1) return parts;
    const part = body.subarray(from + mark.length + 2, next - 2);
    const headEnd = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, headEnd).toString('latin1');
    parts.push({
      contentType: /content-type:\s*(.+)/i.exec(head)?.[1]?.trim() ?? 'application/octet-stream',
      content: part.subarray(headEnd + 4),
    });
    from = next;
  }
}
