import type { SentenceRequest, SongRequest, Understood, Wishes } from '../../api/generation.ts';
import type { Level } from '../../api/levels.ts';
import { SONG_PARTS, type SongPart } from '../../api/song-parts.ts';

export const ENERGIES = ['low', 'medium', 'high'] as const;
export const STYLES = ['romantic', 'energetic', 'sensual', 'playful', 'modern'] as const;
export const LENGTHS_SEC = [30, 60, 90, 120] as const;

type Energy = (typeof ENERGIES)[number];
type Style = (typeof STYLES)[number];

/** How much of the song: all of it, about so long, or a part. */
export type Extent = 'whole' | `length:${number}` | `part:${SongPart}`;

/** What the form of a dance holds. `any`: as it fits the song. */
export interface WishForm {
  readonly level: Level;
  readonly energy: Energy | 'any';
  readonly style: Style | 'any';
  readonly extent: Extent;
  /** Families of moves. */
  readonly wanted: readonly string[];
  readonly refused: readonly string[];
}

export const EMPTY_FORM: WishForm = {
  level: 'intermediate',
  energy: 'any',
  style: 'any',
  extent: 'whole',
  wanted: [],
  refused: [],
};

/** What is sent for a dance to a song. */
export function songRequest(songId: number, form: WishForm): SongRequest {
  const wishes = wishesOf(form);
  return {
    song_id: songId,
    difficulty: form.level,
    ...(form.energy === 'any' ? {} : { energy_level: form.energy }),
    ...(form.style === 'any' ? {} : { style: form.style }),
    ...(Object.keys(wishes).length === 0 ? {} : { wishes }),
  };
}

function wishesOf({ extent, wanted, refused }: WishForm): Wishes {
  return {
    ...extentWishes(extent),
    ...(wanted.length === 0 ? {} : { moves: wanted.map((move) => ({ move })) }),
    ...(refused.length === 0 ? {} : { refused: [...refused] }),
  };
}

function extentWishes(extent: Extent): Pick<Wishes, 'length_sec' | 'part'> {
  if (extent === 'whole') return {};
  if (extent.startsWith('length:')) return { length_sec: Number(extent.slice('length:'.length)) };
  const part = SONG_PARTS.find((each) => extent === `part:${each}`);
  return part === undefined ? {} : { part };
}

export type Parameters = Understood['parameters'];

/** What is sent for a dance to a sentence, as it was understood and then corrected. */
export function sentenceRequest(query: string, parameters: Parameters): SentenceRequest {
  const { difficulty, energy_level, style, tempo, specific_moves, special_requirements, wishes } = parameters;
  return {
    query,
    parameters: {
      difficulty,
      energy_level,
      style,
      tempo,
      specific_moves,
      special_requirements,
      ...(wishes === undefined ? {} : { wishes }),
    },
  };
}
