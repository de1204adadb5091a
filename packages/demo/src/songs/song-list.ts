import type { SongPlan } from './song-plan.ts';

/** A minor, the old way: down from the tonic to the dominant and back. */
const NOCHE_DE_LUNA: SongPlan = {
  songId: 'noche-de-luna',
  title: 'Noche de Luna',
  genre: 'Traditional Bachata',
  mood: 'romantic',
  tempoBpm: 124,
  randomStart: 1241,
  leadInSec: 0.45,
  ringOutSec: 2.2,
  key: { tonic: 57, mode: 'minor' },
  form: [
    ['intro', 4],
    ['verse', 8],
    ['chorus', 4],
    ['mambo', 4],
    ['break', 2],
    ['chorus', 4],
    ['outro', 2],
  ],
  verse: {
    chords: ['i', 'bVII', 'bVI', 'V7', 'i', 'iv', 'V7', 'i'],
    theme: {
      call: '12 . 10 11 12 .  . - | 11 . 9 10 11 . . -',
      answer: '10 . 8 9 10 11 10 8 | 9 . . . - 9 10 11',
      closing: '11 . 12 11 9 . 7 . | 8 . . . . . - -',
    },
  },
  chorus: {
    chords: ['iv', 'bVII', 'bIII', 'bVI', 'iv', 'V7', 'i', 'i'],
    theme: {
      call: '13 12 11 . 13 . 15 . | 14 . 13 12 11 . . -',
      answer: '12 11 10 . 12 . 14 . | 13 . 12 11 10 . . -',
      closing: '12 . 10 . 8 . 10 . | 8 . . . . . - -',
    },
  },
  mambo: {
    chords: ['i', 'bVII', 'bVI', 'V7'],
    theme: {
      call: '15 12 10 12 15 12 10 12 | 14 11 9 11 14 11 9 11',
      answer: '13 10 8 10 13 15 13 10 | 12 . 14 . 16 14 12 11',
      closing: '13 12 10 8 10 12 13 15 | 14 . 12 . 11 9 . -',
    },
  },
  levelsDb: {},
};

/** D minor, slow and wide. */
const DESPACIO_EN_LA_SOMBRA: SongPlan = {
  songId: 'despacio-en-la-sombra',
  title: 'Despacio en la Sombra',
  genre: 'Sensual Bachata',
  mood: 'sensual',
  tempoBpm: 116,
  randomStart: 1162,
  leadInSec: 0.8,
  ringOutSec: 2.4,
  key: { tonic: 50, mode: 'minor' },
  form: [
    ['intro', 2],
    ['verse', 8],
    ['chorus', 4],
    ['break', 2],
    ['mambo', 4],
    ['chorus', 4],
    ['outro', 2],
  ],
  verse: {
    chords: ['i', 'bVI', 'bIII', 'bVII', 'i', 'bVI', 'V7', 'i'],
    theme: {
      call: '12 . . 14 15 . 12 . | 13 . . . 15 13 - -',
      answer: '12 . . 10 12 . 14 . | 14 . . . 11 . 9 -',
      closing: '11 . . 12 14 . 16 . | 15 . . . . . - -',
    },
  },
  chorus: {
    chords: ['i', 'iv', 'V7', 'i', 'bVI', 'bVII', 'V7', 'i'],
    theme: {
      call: '15 . 14 . 12 . 15 . | 15 . 13 . 11 . . -',
      answer: '12 11 9 . 14 . 16 . | 17 . 16 . 15 . . -',
      closing: '16 . 14 . 12 . 14 . | 15 . . . . . - -',
    },
  },
  mambo: {
    chords: ['i', 'bVII', 'bVI', 'V7'],
    theme: {
      call: '15 15 - 12 15 15 - 12 | 14 14 - 11 14 14 - 11',
      answer: '13 13 - 10 13 15 17 15 | 16 . 14 . 12 . 14 16',
      closing: '17 15 13 15 17 15 13 10 | 12 . 14 . 12 . - -',
    },
  },
  levelsDb: { pad: 3, bongo: -1, guira: -2 },
};

/** G major, with a wink. */
const VUELTA_Y_RISA: SongPlan = {
  songId: 'vuelta-y-risa',
  title: 'Vuelta y Risa',
  genre: 'Modern Bachata',
  mood: 'playful',
  tempoBpm: 132,
  randomStart: 1323,
  leadInSec: 0.3,
  ringOutSec: 1.9,
  key: { tonic: 55, mode: 'major' },
  form: [
    ['intro', 4],
    ['verse', 8],
    ['mambo', 4],
    ['verse', 4],
    ['chorus', 4],
    ['mambo', 4],
    ['outro', 2],
  ],
  verse: {
    chords: ['I', 'vi', 'IV', 'V7', 'I', 'vi', 'V7', 'I'],
    theme: {
      call: '12 13 12 10 12 . - 10 | 13 15 13 10 13 . - -',
      answer: '11 13 11 8 11 . 13 . | 12 . 11 9 12 . - -',
      closing: '14 12 11 9 12 . 9 . | 8 . 10 . 8 . - -',
    },
  },
  chorus: {
    chords: ['IV', 'V7', 'I', 'vi', 'IV', 'V7', 'I', 'I'],
    theme: {
      call: '13 . 15 . 13 . 11 . | 14 . 12 . 11 9 - -',
      answer: '12 . 15 . 12 . 10 . | 13 12 10 . 8 . - -',
      closing: '10 12 15 . 12 10 8 . | 10 . 8 . . . - -',
    },
  },
  mambo: {
    chords: ['I', 'IV', 'V7', 'I'],
    theme: {
      call: '8 10 12 15 - 12 15 - | 11 13 15 13 - 11 13 -',
      answer: '12 14 16 14 - 12 14 - | 15 . 12 . 10 . 8 -',
      closing: '14 16 14 12 11 12 9 7 | 8 . 12 . 15 . - -',
    },
  },
  levelsDb: { pad: -2 },
};

/** E minor, fast, the lead in riffs. The first song that a demo dances to: a minute, its parts plain to hear. */
const FUEGO_EN_LA_PISTA: SongPlan = {
  songId: 'fuego-en-la-pista',
  title: 'Fuego en la Pista',
  genre: 'Urban Bachata',
  mood: 'energetic',
  tempoBpm: 142,
  randomStart: 1424,
  leadInSec: 0.15,
  ringOutSec: 1.6,
  key: { tonic: 52, mode: 'minor' },
  form: [
    ['intro', 2],
    ['verse', 4],
    ['chorus', 4],
    ['verse', 2],
    ['chorus', 4],
    ['outro', 2],
  ],
  verse: {
    chords: ['i', 'bVI', 'bVII', 'V7', 'i', 'bVI', 'V7', 'i'],
    theme: {
      call: '15 - 15 14 12 . 10 . | 13 - 13 12 10 . 8 .',
      answer: '14 - 14 12 11 . 9 . | 12 . 11 . 9 . 7 -',
      closing: '12 - 14 16 14 . 12 . | 15 . . . 12 . - -',
    },
  },
  chorus: {
    chords: ['bVI', 'bVII', 'i', 'i', 'bVI', 'V7', 'i', 'i'],
    theme: {
      call: '17 . 15 . 13 . 15 . | 16 . 14 . 11 . 14 .',
      answer: '15 12 10 12 15 . 17 . | 19 . 17 . 15 . - -',
      closing: '15 . 12 . 10 . 12 . | 8 . . . . . - -',
    },
  },
  mambo: {
    chords: ['i', 'bVII', 'bVI', 'V7'],
    theme: {
      call: '15 15 12 15 17 15 12 10 | 14 14 11 14 16 14 11 9',
      answer: '13 13 10 13 15 13 10 8 | 12 14 16 14 12 11 9 7',
      closing: '17 15 13 15 17 18 17 15 | 16 . 14 . 12 . 9 -',
    },
  },
  levelsDb: { bass: 1, bongo: 1 },
};

/** The generated songs, composed for this project. */
export const SONG_PLANS: readonly SongPlan[] = [
  NOCHE_DE_LUNA,
  DESPACIO_EN_LA_SOMBRA,
  VUELTA_Y_RISA,
  FUEGO_EN_LA_PISTA,
];
