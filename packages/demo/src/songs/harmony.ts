export interface Key {
  /** MIDI note number of scale degree 1. */
  readonly tonic: number;
  readonly mode: 'minor' | 'major';
}

/** A chord by its roman numeral in the key: lower case is minor, V7 the dominant seventh of either mode. */
export type ChordName = 'i' | 'iv' | 'bIII' | 'bVI' | 'bVII' | 'I' | 'ii' | 'IV' | 'vi' | 'V7';

export interface Chord {
  readonly name: ChordName;
  /** MIDI note number of the root, within the octave above the key's tonic. */
  readonly root: number;
  /** Semitones above the root, the root itself first. */
  readonly intervals: readonly number[];
}

const MAJOR = [0, 4, 7];
const MINOR = [0, 3, 7];

const CHORDS: Readonly<Record<ChordName, { root: number; intervals: readonly number[] }>> = {
  i: { root: 0, intervals: MINOR },
  iv: { root: 5, intervals: MINOR },
  bIII: { root: 3, intervals: MAJOR },
  bVI: { root: 8, intervals: MAJOR },
  bVII: { root: 10, intervals: MAJOR },
  I: { root: 0, intervals: MAJOR },
  ii: { root: 2, intervals: MINOR },
  IV: { root: 5, intervals: MAJOR },
  vi: { root: 9, intervals: MINOR },
  V7: { root: 7, intervals: [0, 4, 7, 10] },
};

const SCALES = { minor: [0, 2, 3, 5, 7, 8, 10], major: [0, 2, 4, 5, 7, 9, 11] } as const;
const MINOR_SEVENTH = 10;

export function chordInKey(key: Key, name: ChordName): Chord {
  const { root, intervals } = CHORDS[name];
  return { name, root: key.tonic + root, intervals };
}

export function tonicChord(key: Key): Chord {
  return chordInKey(key, key.mode === 'minor' ? 'i' : 'I');
}

/** The MIDI note of a scale degree, 1 = tonic. Over V7 a minor key's seventh is raised to the leading note. */
export function pitchOfDegree(key: Key, degree: number, chord: Chord): number {
  const octave = Math.floor((degree - 1) / 7);
  const step = SCALES[key.mode][degree - 1 - octave * 7]!;
  const isLeadingNote = key.mode === 'minor' && chord.name === 'V7' && step === MINOR_SEVENTH;
  return key.tonic + 12 * octave + step + (isLeadingNote ? 1 : 0);
}

function isChordTone(chord: Chord, pitch: number): boolean {
  const above = (((pitch - chord.root) % 12) + 12) % 12;
  return chord.intervals.includes(above);
}

/** The chord tone nearest to a pitch, the lower one of two equally near. */
export function nearestChordTone(chord: Chord, pitch: number): number {
  for (let distance = 0; distance <= 6; distance += 1) {
    if (isChordTone(chord, pitch - distance)) return pitch - distance;
    if (isChordTone(chord, pitch + distance)) return pitch + distance;
  }
  return pitch;
}

/** The highest chord tone not above a pitch. */
export function chordToneAtOrBelow(chord: Chord, pitch: number): number {
  let tone = pitch;
  while (!isChordTone(chord, tone)) tone -= 1;
  return tone;
}

/** The chord's notes from `lowest` upwards, `count` of them in close order. */
export function voicing(chord: Chord, lowest: number, count: number): number[] {
  const pitches: number[] = [];
  for (let pitch = lowest; pitches.length < count; pitch += 1) {
    if (isChordTone(chord, pitch)) pitches.push(pitch);
  }
  return pitches;
}

/** The pitch moved by octaves into the twelve semitones that start at `lowest`. */
export function intoOctaveFrom(lowest: number, pitch: number): number {
  return lowest + ((((pitch - lowest) % 12) + 12) % 12);
}

/** Equal temperament, A4 = 440 Hz. */
export function frequencyOfPitch(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}
