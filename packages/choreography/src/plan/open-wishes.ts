import type { SongAnalysis } from '@bachata-buddy/music';
import type { ChoreographyRequest, OpenWish } from '../choreography-request.ts';
import type { MoveLibrary } from '../library/move-library.ts';
import type { Move } from '../move.ts';
import { BPM_OF_FAST, BPM_OF_SLOW } from '../song/tempo-ranges.ts';
import type { Sequence } from './beam-search.ts';
import { levelsAbove } from './levels-above.ts';
import { exactPlayback } from './playback.ts';
import type { PlanContext } from './step-options.ts';
import { type MoveWish, mostOf } from './wishes.ts';

/** What a dance leaves open of what was asked for, in words, and why; empty where all is met. */
export function explainOpenWishes(
  { steps, openWishes, exceededWishes }: Sequence,
  context: PlanContext,
  library: MoveLibrary,
): OpenWish[] {
  const { wishes, request } = context;
  const reasonFor = (isMeant: (move: Move) => boolean, otherwise: string) =>
    whyNone(isMeant, steps, context, library) ?? otherwise;
  const isDanced = (isMeant: (move: Move) => boolean) => steps.some(({ move }) => isMeant(move));
  const isUnmet = (wish: MoveWish) =>
    openWishes.includes(wish) || (wish.isMeant !== wish.isMetBy && !isDanced(wish.isMeant));
  const open = wishes.moves.filter(isUnmet).map((wish) => ({
    wish: textOf(wish),
    reason: reasonFor(wish.isMeant, 'the song leaves no room for it'),
  }));
  const exceeded = exceededWishes.map(({ wish, times }) => {
    const reason =
      whyNone((move) => !wish.isMetBy(move), steps, context, library) === null
        ? 'other wishes ask for more of it'
        : 'nothing else can be danced';
    return { wish: textOfMost(wish), reason: `it comes ${times} times: ${reason}` };
  });
  const { style, difficulty } = request;
  const isOfStyle = (move: Move) => move.style === style;
  const isOtherStyle = request.isStyleAsked === true && !isDanced(isOfStyle);
  const isTooHard = steps.some(({ move }) => levelsAbove(move, request) > 0);
  return [
    ...open,
    ...exceeded,
    ...(isOtherStyle
      ? [{ wish: `${style} style`, reason: reasonFor(isOfStyle, 'other moves suit this song better') }]
      : []),
    ...(isTooHard
      ? [{ wish: `${difficulty} level`, reason: 'the library has nothing else that fits this song' }]
      : []),
  ];
}

/** Why no move of a kind can be danced, for people; null where one can. */
function whyNone(
  isOfKind: (move: Move) => boolean,
  steps: Sequence['steps'],
  { wishes, request }: PlanContext,
  library: MoveLibrary,
): string | null {
  const named = library.moves.filter(isOfKind);
  if (named.length === 0) return 'the library has no such move';
  const known = named.filter((move) => !wishes.isRefused(move));
  if (known.length === 0) return 'it is refused as well';
  const ofLevel = known.filter((move) => levelsAbove(move, request) <= 0);
  if (ofLevel.length === 0) return `all such moves are harder than ${request.difficulty}`;
  const isDanceable = ofLevel.some((move) =>
    steps.some(
      ({ slot }) =>
        exactPlayback(move, { ...slot, counts: 8, durationSec: (slot.durationSec * 8) / slot.counts }) !==
        null,
    ),
  );
  return isDanceable ? null : "no such move can be danced at this song's tempo";
}

/** Nearer than this share, nobody hears that it is another tempo. */
const SAME_TEMPO_SHARE = 0.05;

/** What the song's tempo does not meet of what was asked for. */
export function openTempo(
  { tempoBpm }: Pick<SongAnalysis, 'tempoBpm'>,
  request: Pick<ChoreographyRequest, 'tempo' | 'tempoBpm'>,
): OpenWish[] {
  const reason = `the song has ${Math.round(tempoBpm)} beats a minute`;
  const { tempo, tempoBpm: wishedBpm } = request;
  const isOff = wishedBpm !== undefined && Math.abs(tempoBpm / wishedBpm - 1) > SAME_TEMPO_SHARE;
  if (isOff) return [{ wish: `${Math.round(wishedBpm)} beats a minute`, reason }];
  const isContrary =
    (tempo === 'slow' && tempoBpm >= BPM_OF_FAST[0]) || (tempo === 'fast' && tempoBpm <= BPM_OF_SLOW[1]);
  return isContrary && tempoBpm > 0 ? [{ wish: `a ${tempo} song`, reason }] : [];
}

/** As people say it: "finish with dip", "3 x turn". */
function textOf({ said, place, often }: MoveWish): string {
  if (place === 'opening') return `start with ${said}`;
  if (place === 'ending') return `finish with ${said}`;
  if (often === 'many') return `many of ${said}`;
  return typeof often === 'number' ? `${often} x ${said}` : said;
}

/** "Exactly 2 x turn", "at most 2 x turn". */
function textOfMost(wish: MoveWish): string {
  return `${wish.isExact ? 'exactly' : 'at most'} ${mostOf(wish)} x ${wish.said}`;
}
