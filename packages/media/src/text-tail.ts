export interface TextTail {
  append(chunk: Uint8Array): void;
  /** What is left of the text: at most the last `maxCharacters` characters. */
  text(): string;
}

/** Keeps the end of a stream of UTF-8 text and forgets the rest, so that a chatty program costs no memory. */
export function makeTextTail(maxCharacters: number): TextTail {
  const decoder = new TextDecoder();
  let kept = '';
  return {
    append(chunk) {
      kept += decoder.decode(chunk, { stream: true });
      // Cutting only at twice the size keeps the work per chunk small.
      if (kept.length > 2 * maxCharacters) kept = kept.slice(-maxCharacters);
    },
    text: () => kept.slice(-maxCharacters),
  };
}
