import type { Blueprint } from '@bachata-buddy/blueprint';
import { capitalise, definitions, escapeHtml, printPage } from '../../http/printed-page.ts';

type BlueprintMove = Blueprint['moves'][number];

const COUNTS_PER_EIGHT = 8;

/**
 * A choreography as a sheet to practise by: its parts, and in them the moves in sets of eight. None of its texts is
 * markup.
 */
export function printSheet(blueprint: Blueprint): string {
  const {
    song,
    difficulty_level: level,
    audio_tempo: tempoBpm,
    generation_parameters: asked = {},
  } = blueprint;
  const title = song === undefined ? 'Choreography' : `${song.title} by ${song.artist}`;
  const { style, energy_level: energy } = asked;
  const facts = [
    ['Level', capitalise(level ?? '')],
    ['Style', typeof style === 'string' ? capitalise(style) : ''],
    ['Energy', typeof energy === 'string' ? capitalise(energy) : ''],
    ['Tempo', tempoBpm === undefined ? '' : `${Math.round(tempoBpm)} beats a minute`],
    ['Length', clock(blueprint.total_duration)],
    ['Begins in the song at', songStart(blueprint)],
  ].filter(([, value]) => value !== '');
  const open = (blueprint.open_wishes ?? []).map(
    ({ wish, reason }) => `<li>${escapeHtml(wish)}: ${escapeHtml(reason)}</li>`,
  );
  return printPage(
    title,
    [
      `<h1>${escapeHtml(title)}</h1>`,
      definitions(facts),
      ...(open.length === 0 ? [] : [`<h2>Not met</h2>\n<ul>\n${open.join('\n')}\n</ul>`]),
      ...partsOf(blueprint.moves).map(printPart),
    ].join('\n'),
  );
}

function songStart({ output_config: { song_start: startSec = 0 } }: Blueprint): string {
  return startSec > 0 ? clock(startSec) : '';
}

interface Part {
  readonly name: string;
  readonly moves: BlueprintMove[];
}

/** Neighbouring moves of one part of the song. */
function partsOf(moves: readonly BlueprintMove[]): Part[] {
  const parts: Part[] = [];
  for (const move of moves) {
    const name = move.explanation?.section ?? move.section ?? '';
    const last = parts.at(-1);
    if (last !== undefined && last.name === name) last.moves.push(move);
    else parts.push({ name, moves: [move] });
  }
  return parts;
}

function printPart({ name, moves }: Part): string {
  const rows = moves.map((move) => {
    const note = [move.explanation?.join, move.explanation?.compromise].filter((text) => text !== undefined);
    const cells = [
      `<td class="number">${clock(move.start_time)}</td>`,
      `<td class="number">${setsOf(move.counts)}</td>`,
      `<td>${escapeHtml(move.move_name ?? move.clip_id)}</td>`,
      `<td>${escapeHtml(note.join('; '))}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  const head = '<tr><th>At</th><th>Counts</th><th>Move</th><th>How</th></tr>';
  const heading = name === '' ? '' : `<h2>${escapeHtml(capitalise(name))}</h2>\n`;
  return `${heading}<table>\n<thead>${head}</thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

/** "2 x 8", "8 + 4". */
function setsOf(counts: number | undefined): string {
  if (counts === undefined) return '';
  const eights = Math.floor(counts / COUNTS_PER_EIGHT);
  const rest = counts % COUNTS_PER_EIGHT;
  const sets = eights === 1 ? '8' : `${eights} x 8`;
  return [eights === 0 ? '' : sets, rest === 0 ? '' : String(rest)].filter((text) => text !== '').join(' + ');
}

/** "1:05". */
function clock(sec: number): string {
  const whole = Math.floor(sec);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
