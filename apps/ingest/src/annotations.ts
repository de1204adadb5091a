import { readText, systemReason, toError } from '@bachata-buddy/platform';
import {
  type Difficulty,
  type EnergyLevel,
  familyOfLabel,
  STYLES,
  type Style,
  usualStyleOf,
} from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ingestError } from './errors.ts';

/** No control character and no half of one: what every database keeps and every terminal shows. */
const PRINTABLE = '^[^\\p{Cc}\\p{Cs}]*$';

const Level = Type.Enum(['low', 'medium', 'high']);

const ClipSchema = Type.Object({
  clip_id: Type.String({ minLength: 1, maxLength: 100, pattern: PRINTABLE }),
  video_path: Type.String({ minLength: 1, maxLength: 4_000 }),
  move_label: Type.String({ minLength: 1, maxLength: 50, pattern: '^[\\w -]+$' }),
  energy_level: Level,
  difficulty: Level,
  estimated_tempo: Type.Optional(Type.Number({ exclusiveMinimum: 20, exclusiveMaximum: 400 })),
  style: Type.Optional(Type.Enum([...STYLES])),
  first_downbeat_sec: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600 })),
  first_count: Type.Optional(Type.Enum([1, 5])),
});

const FileSchema = Type.Object({ clips: Type.Array(Type.Unknown()) });

/** One clip of an `annotations.json`, in the catalogue's own words. */
export interface AnnotatedClip {
  readonly moveId: string;
  readonly name: string;
  readonly label: string;
  /** Relative to the clip folder. */
  readonly relativePath: string;
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  readonly estimatedTempoBpm: number | null;
  /** The first "1" of four as somebody saw it, seconds from the clip's start; null where nobody says. */
  readonly firstDownbeatSec: number | null;
  /** Whether that "1" is a dancer's 1 or 5 of eight; null where nobody says. */
  readonly firstCount: 1 | 5 | null;
}

export interface Annotations {
  readonly clips: readonly AnnotatedClip[];
  /** Entries that cannot be used, each with what is wrong. */
  readonly problems: readonly { name: string; reason: string }[];
}

/** The annotations know three levels for everything; the catalogue has names of its own for difficulty. */
const DIFFICULTY_OF_LEVEL = { low: 'beginner', medium: 'intermediate', high: 'advanced' } as const;

/**
 * Reads an `annotations.json` (`{"clips": [{clip_id, video_path, move_label, energy_level, difficulty, …}]}`).
 * An entry that is wrong is reported, the rest is used; of two entries with one id the first counts.
 *
 * @throws AppError `INGEST_ANNOTATIONS` where the file cannot be read or is no such document
 */
export async function readAnnotations(path: string): Promise<Annotations> {
  const document = await readDocument(path);
  const clips = new Map<string, AnnotatedClip>();
  const problems: { name: string; reason: string }[] = [];
  document.clips.forEach((entry, index) => {
    const name = nameOf(entry, index);
    const reason = problemOf(entry) ?? (clips.has(name) ? 'the same clip_id occurs twice' : null);
    if (reason !== null) problems.push({ name, reason });
    else clips.set(name, toClip(entry as Static<typeof ClipSchema>));
  });
  return { clips: [...clips.values()], problems };
}

async function readDocument(path: string): Promise<Static<typeof FileSchema>> {
  let document: unknown;
  try {
    document = JSON.parse(await readText(path));
  } catch (thrown) {
    throw ingestError('INGEST_ANNOTATIONS', `${path} ${problemOfFile(thrown)}`, { cause: thrown });
  }
  if (Value.Check(FileSchema, document)) return document;
  throw ingestError('INGEST_ANNOTATIONS', `${path} must be an object with a list "clips".`);
}

/** Whoever brings in clips for the first time does not know that there has to be such a file. */
function problemOfFile(thrown: unknown): string {
  const { code, message } = toError(thrown) as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return 'is not there: it says what each clip shows (README.md has an example, --annotations names another file).';
  }
  if (thrown instanceof SyntaxError) return `is not JSON: ${message}`;
  return `cannot be read: ${systemReason(thrown) ?? message}.`;
}

function nameOf(entry: unknown, index: number): string {
  const id = (entry as { clip_id?: unknown } | null)?.clip_id;
  return typeof id === 'string' && id !== '' ? id : `clips[${index}]`;
}

function problemOf(entry: unknown): string | null {
  const first = Value.Errors(ClipSchema, entry)[0];
  if (first !== undefined) return `${first.instancePath.slice(1) || 'the entry'} ${first.message}`;
  const problem = pathProblem((entry as Static<typeof ClipSchema>).video_path);
  return problem === null ? null : `video_path ${problem}`;
}

/** A path names a file in the clip folder, whatever its names are made of. */
function pathProblem(path: string): string | null {
  if (/[\0\p{Cs}]/u.test(path)) return 'holds what no file name can';
  if (path.startsWith('/')) return 'must be relative to the clip folder';
  const names = path.split('/');
  if (names.includes('..')) return 'leads out of the clip folder (..)';
  return names.includes('') ? 'has an empty name in it' : null;
}

function toClip(entry: Static<typeof ClipSchema>): AnnotatedClip {
  const label = entry.move_label.trim().toLowerCase().replace(/[ -]+/g, '_');
  return {
    moveId: entry.clip_id,
    name: titleOf(entry.clip_id),
    label: familyOfLabel(label)?.name ?? label,
    relativePath: entry.video_path,
    difficulty: DIFFICULTY_OF_LEVEL[entry.difficulty],
    energyLevel: entry.energy_level,
    style: entry.style ?? usualStyleOf(label),
    estimatedTempoBpm: entry.estimated_tempo ?? null,
    firstDownbeatSec: entry.first_downbeat_sec ?? null,
    firstCount: entry.first_count ?? null,
  };
}

/** `double_cross_body_lead` to `Double cross body lead`. */
function titleOf(clipId: string): string {
  const words = clipId.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
