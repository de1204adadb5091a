import type { Blueprint } from '@bachata-buddy/blueprint';

/** The song, its length and tempo; what was asked for, and what of that is not met. */
export function titleOf(blueprint: Blueprint): string {
  const {
    song,
    audio_tempo: tempoBpm,
    total_duration: durationSec,
    difficulty_level: level,
    seed,
  } = blueprint;
  const length = `${durationSec.toFixed(1)} s, ${tempoBpm ?? 'no'} beats a minute`;
  const open = (blueprint.open_wishes ?? []).map(({ wish, reason }) => `not met: ${wish} (${reason})`);
  return [`${song?.title} by ${song?.artist}: ${length}`, `${level}, seed ${seed}`, ...open].join('\n');
}

/** A dance as a table: what a teacher says of each move, and in front what is not met of what was asked for. */
export function explainPlan(blueprint: Blueprint): string {
  const rows = blueprint.moves.map(({ start_time: startSec, counts, move_name: name, explanation }) => [
    startSec.toFixed(2),
    String(counts ?? ''),
    name ?? '',
    explanation === undefined
      ? ''
      : `${explanation.section}, phrase ${explanation.phrase}, eight ${explanation.eight}`,
    explanation?.why ?? '',
    explanation?.join ?? '',
    explanation?.compromise ?? '',
  ]);
  const head = ['start', 'cts', 'move', 'place', 'why here', 'how it joins', 'given up'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${[titleOf(blueprint), '', ...table].join('\n')}\n`;
}
