import { type Blueprint, type ResolvedMove, resolveBlueprint } from '@bachata-buddy/blueprint/reading';
import { fileOf } from './address.ts';
import { clamp } from './time-scale.ts';

/** Which of the two players that take turns. */
export type PlayerNumber = 0 | 1;

/** A clip, laid on a dance. Seconds of the dance. */
export interface PlacedClip {
  readonly clipUrl: string;
  /** When its player starts, unseen, so that it runs evenly when it is seen; its first picture at the earliest. */
  readonly rollFromSec: number;
  /** When its picture is first to be seen. */
  readonly showFromSec: number;
  /** Seconds of clip per second of the dance. */
  readonly playbackRate: number;
  readonly startSec: number;
  /** Where in the clip that is. */
  readonly trimStartSec: number;
  /** Length of the clip's file; infinite where the document does not say it. */
  readonly clipDurationSec: number;
}

/** A move of a preview: one clip, shown by one player for a part of the dance. */
export interface PreviewShot extends PlacedClip {
  readonly index: number;
  readonly player: PlayerNumber;
  /** When its picture is last to be seen; as the first time, with its transition. */
  readonly showToSec: number;
  /** How it is mixed in. */
  readonly entry: {
    readonly type: ResolvedMove['transition'];
    readonly startSec: number;
    readonly endSec: number;
  };
}

/** Whether two are the same clip in the same place; where it is read from may have been signed afresh. */
export function isSameShot(one: PlacedClip, other: PlacedClip): boolean {
  return (
    fileOf(one.clipUrl) === fileOf(other.clipUrl) &&
    one.startSec === other.startSec &&
    one.trimStartSec === other.trimStartSec &&
    one.playbackRate === other.playbackRate
  );
}

/** Enough for a player to start and to be brought into step. */
const ROLL_SEC = 0.8;

/**
 * What is shown when, and by which player: neighbours never share one. It says of a document what the renderer makes of
 * it, but that clips are played at their rate instead of copied.
 *
 * @param clipUrlOf the address of a move's clip; undefined where there is none
 * @throws Error where a move has no clip
 */
export function previewPlanOf(
  blueprint: Blueprint,
  clipUrlOf: (move: Blueprint['moves'][number], index: number) => string | undefined,
): PreviewShot[] {
  const { moves, totalDurationSec } = resolveBlueprint(blueprint);
  return moves.map((move, index): PreviewShot => {
    const document = blueprint.moves[index];
    const clipUrl = document && clipUrlOf(document, index);
    if (clipUrl === undefined) throw new Error(`There is no clip of move ${index + 1} to show.`);
    const { transition: type, transitionStartSec: startSec, transitionEndSec: endSec } = move;
    const next = moves[index + 1];
    // A fade shows one move in front of the cut, the other behind it; only a crossfade shows both.
    const showFromSec = index === 0 ? 0 : shownFrom(move);
    const showToSec =
      next === undefined
        ? totalDurationSec
        : next.transition === 'crossfade'
          ? next.transitionEndSec
          : next.startSec;
    const clipBeginsSec = move.startSec - move.trimStartSec / move.playbackRate;
    return {
      index,
      player: index % 2 === 0 ? 0 : 1,
      clipUrl,
      showFromSec,
      showToSec,
      rollFromSec: Math.min(showFromSec, Math.max(clipBeginsSec, showFromSec - ROLL_SEC)),
      entry: { type, startSec, endSec },
      playbackRate: move.playbackRate,
      startSec: move.startSec,
      trimStartSec: move.trimStartSec,
      clipDurationSec: move.originalDurationSec ?? Number.POSITIVE_INFINITY,
    };
  });
}

function shownFrom({ transition, startSec, transitionStartSec }: ResolvedMove): number {
  return transition === 'crossfade' ? transitionStartSec : startSec;
}

/** Beyond the end of a file there is no picture: the last one is held. */
const LAST_PICTURE_SEC = 1 / 30;

/** Where in a clip the dance is at a moment of the dance. */
export function clipSecAt(shot: PlacedClip, sec: number): number {
  const clipSec = shot.trimStartSec + (sec - shot.startSec) * shot.playbackRate;
  return clamp(clipSec, 0, Math.max(0, shot.clipDurationSec - LAST_PICTURE_SEC));
}

/** Whether a shot's clip runs at a moment, and is not held at its first or last picture. */
export function isRunningAt(shot: PlacedClip, sec: number): boolean {
  const clipSec = shot.trimStartSec + (sec - shot.startSec) * shot.playbackRate;
  return clipSec >= 0 && clipSec < shot.clipDurationSec - LAST_PICTURE_SEC;
}

/** What each player has to do at a moment: show, roll or make ready this shot; undefined where none is left. */
export function shotsAt(
  shots: readonly PreviewShot[],
  sec: number,
): readonly [PreviewShot | undefined, PreviewShot | undefined] {
  const of = (player: PlayerNumber) =>
    shots.find((shot) => shot.player === player && shot.showToSec > sec) ??
    shots.findLast((shot) => shot.player === player);
  return [of(0), of(1)];
}

/** What is seen at a moment. */
export interface Mix {
  /** How much of each player, 0 to 1; the later move lies above the earlier one. */
  readonly opacities: readonly [number, number];
  readonly above: PlayerNumber;
  /** A colour over both. */
  readonly veil: { readonly colour: 'black' | 'white'; readonly opacity: number };
}

const NO_VEIL = { colour: 'black', opacity: 0 } as const;

/** The transitions of the renderer, as layers: crossfades linear, fades out to a colour and in from it. */
export function mixAt(shots: readonly PreviewShot[], sec: number): Mix {
  const shown = shots.findLast((shot) => shot.showFromSec <= sec) ?? shots[0];
  if (shown === undefined) return { opacities: [0, 0], above: 0, veil: NO_VEIL };
  const { entry, player } = shown;
  const isMixing = entry.type === 'crossfade' && sec < entry.endSec && entry.endSec > entry.startSec;
  const share = isMixing ? clamp((sec - entry.startSec) / (entry.endSec - entry.startSec), 0, 1) : 1;
  const below = isMixing ? 1 : 0;
  return {
    opacities: player === 0 ? [share, below] : [below, share],
    above: player,
    veil: veilAt(shown, sec) ?? veilAt(shots[shown.index + 1], sec) ?? NO_VEIL,
  };
}

function veilAt(shot: PreviewShot | undefined, sec: number): Mix['veil'] | undefined {
  if (shot === undefined || !shot.entry.type.startsWith('fade')) return undefined;
  const { startSec, endSec, type } = shot.entry;
  const halfSec = (endSec - startSec) / 2;
  const opacity = halfSec <= 0 ? 0 : clamp(1 - Math.abs(sec - (startSec + halfSec)) / halfSec, 0, 1);
  return opacity === 0 ? undefined : { colour: type === 'fade_white' ? 'white' : 'black', opacity };
}
