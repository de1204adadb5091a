import type { Random } from '../../random.ts';
import type { Bar } from '../forms.ts';
import { type Key, voicing } from '../harmony.ts';
import { melodyOfBar, singleVoice, varyMelody, voiceBelow } from '../melody.ts';
import type { PatternNote } from '../score.ts';

const ARPEGGIO_ORDER = [0, 2, 4, 3, 1, 3, 4, 2];
/** From this length on a note of the mambo is repeated in sixteenths instead of held. */
const TREMOLO_FROM_EIGHTHS = 2;

/** The lead guitar: the theme, alone in verses, in thirds or sixths elsewhere; arpeggios in the break. */
export function requintoBar(bar: Bar, key: Key, random: Random): PatternNote[] {
  if (bar.section === 'break') return arpeggio(bar, key);
  const theme = melodyOfBar(bar);
  const notes = bar.barInSection >= 4 ? varyMelody(theme, random) : theme;
  const isAnswer = bar.barInSection % 4 >= 2;
  switch (bar.section) {
    case 'verse': {
      const upper = singleVoice(notes, bar, key, 0.68);
      return isAnswer ? [...upper, ...voiceBelow(upper, notes, bar, key, 2)] : upper;
    }
    case 'mambo': {
      const upper = singleVoice(notes, bar, key, 0.92);
      return [...upper.flatMap(tremolo), ...voiceBelow(upper, notes, bar, key, 2)];
    }
    case 'chorus': {
      const upper = singleVoice(notes, bar, key, 0.85);
      return [...upper, ...voiceBelow(upper, notes, bar, key, 2)];
    }
    default: {
      const upper = singleVoice(notes, bar, key, 0.7);
      return [...upper, ...voiceBelow(upper, notes, bar, key, 5)];
    }
  }
}

function arpeggio(bar: Bar, key: Key): PatternNote[] {
  const pitches = voicing(bar.chord, key.tonic + 7, 5);
  return ARPEGGIO_ORDER.map((string, eighth) => ({
    eighth,
    lengthEighths: 3,
    pitch: pitches[string]!,
    velocity: eighth % 4 === 0 ? 0.7 : 0.55,
  }));
}

function tremolo(note: PatternNote): PatternNote[] {
  if (note.lengthEighths < TREMOLO_FROM_EIGHTHS) return [note];
  return Array.from({ length: note.lengthEighths * 2 }, (_, index) => ({
    ...note,
    eighth: note.eighth + index / 2,
    lengthEighths: 0.6,
    velocity: note.velocity * (index === 0 ? 1 : index % 2 === 0 ? 0.7 : 0.55),
  }));
}
