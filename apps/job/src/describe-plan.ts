import { TICKS_PER_SECOND } from './render/copied/clock.ts';
import type { Mix, Piece } from './render/copied/plan-pieces.ts';

/** What a video is made of, as a table for people. */
export function describePlan(pieces: readonly Piece[] | 'constant'): string {
  if (pieces === 'constant')
    return 'Every picture is encoded: the document asks for a constant rate, or another one.\n';
  const rows = pieces.map((piece) => {
    const frames = piece.durationTicks.length;
    const lengthTicks = piece.durationTicks.reduce((sum, ticks) => sum + ticks, 0);
    return [
      seconds(piece.startTicks),
      seconds(lengthTicks),
      String(frames).padStart(6),
      (piece.kind === 'copy' ? 'copy' : `encode ${piece.mix.kind === 'none' ? '' : piece.mix.kind}`).padEnd(
        17,
      ),
      String(piece.moveIndex + 1).padStart(4),
      piece.kind === 'copy' ? framesOf(piece.clipKey, piece.firstFrame, frames) : layersOf(piece.mix),
    ].join('  ');
  });
  const copied = pieces.filter(({ kind }) => kind === 'copy').length;
  const head = ['      start', '    seconds', 'frames', 'how              ', 'move', 'pictures'].join('  ');
  const sum = `${pieces.length} pieces, ${copied} copied, ${pieces.length - copied} encoded`;
  return `${[head, ...rows, sum].join('\n')}\n`;
}

function layersOf({ from, to }: Mix): string {
  return [from, to]
    .filter((layer) => layer !== undefined)
    .map(({ clipKey, frames: [first = 0, ...more] }) =>
      framesOf(clipKey, first, (more.at(-1) ?? first) - first + 1),
    )
    .join(' + ');
}

function framesOf(clipKey: string, first: number, count: number): string {
  return `${clipKey} ${first}-${first + count - 1}`;
}

function seconds(ticks: number): string {
  return (ticks / TICKS_PER_SECOND).toFixed(5).padStart(11);
}
