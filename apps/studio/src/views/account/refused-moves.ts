/** What was typed with commas between, each once. */
export function readRefusedMoves(text: string): string[] {
  const moves = text
    .split(/[,;\n]/)
    .map((move) => move.trim())
    .filter((move) => move !== '');
  return [...new Set(moves)];
}

export function writeRefusedMoves(moves: readonly string[] | undefined): string {
  return (moves ?? []).join(', ');
}
