/**
 * Whether JSON text opens more than that many arrays and objects inside each other. One pass over the text, before it
 * is parsed: what walks the parsed value later may then do so by calling itself. Brackets in strings do not count;
 * text that is no JSON gets some answer.
 */
export function isNestedDeeperThan(maxDepth: number, text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') isInString = !isInString;
    else if (isInString) {
      if (character === '\\') index += 1;
    } else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
}
