const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** What names that are no UTF-8 were mostly written in: archives of old Windows. */
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** A file's name as text in NFC, whatever bytes it has. */
export function textOfName(name: Uint8Array): string {
  return (decodeUtf8(name) ?? WINDOWS_1252.decode(name)).normalize('NFC');
}

/**
 * A name or path as it is shown to people, on one line: as it is but for control characters, which could make a terminal
 * do things, and bytes that are no UTF-8, which are written as `\n`, `\x1b`, `\xf3`.
 */
export function shownName(name: Uint8Array): string {
  const text = decodeUtf8(name) ?? escapeBytes(name);
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    if (character === '\n') return '\\n';
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}

function decodeUtf8(name: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(name);
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}

/** What is UTF-8 stays; each byte that is not is written in hexadecimal. */
function escapeBytes(name: Uint8Array): string {
  const bytes = Buffer.from(name);
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const whole = [4, 3, 2, 1].map((size) => bytes.subarray(at, at + size)).find((part) => isCharacter(part));
    text += whole?.toString('utf8') ?? `\\x${bytes[at]?.toString(16).padStart(2, '0')}`;
    at += whole?.length ?? 1;
  }
  return text;
}

function isCharacter(bytes: Uint8Array): boolean {
  const text = decodeUtf8(bytes);
  return text !== undefined && [...text].length === 1;
}
