import type { Difficulty, EnergyLevel, Style, Tempo } from '@bachata-buddy/vocabulary';
import { MOVE_FAMILIES } from '@bachata-buddy/vocabulary';

/** What a phrase says. `strength` 3: names the value; 2: describes it; 1: merely hints at it. */
export type Meaning =
  | { readonly kind: 'difficulty'; readonly value: Difficulty; readonly strength: number }
  | { readonly kind: 'energyLevel'; readonly value: EnergyLevel; readonly strength: number }
  | { readonly kind: 'style'; readonly value: Style; readonly strength: number }
  | { readonly kind: 'tempo'; readonly value: Tempo; readonly strength: number }
  | { readonly kind: 'move'; readonly value: string; readonly strength: number }
  /** Belongs to dance or music, says nothing more. */
  | { readonly kind: 'dance'; readonly value: 'dance'; readonly strength: number }
  /** Looks like one of the others, but is not ("I love ..." is no romance). */
  | { readonly kind: 'none'; readonly value: 'none'; readonly strength: number };

type Row<K extends Meaning['kind']> = readonly [
  value: Extract<Meaning, { kind: K }>['value'],
  strength: number,
  phrases: string,
];

// Phrases are folded (no accents, no capitals), parted by commas; a trailing * stands for any ending.
const DIFFICULTY: readonly Row<'difficulty'>[] = [
  [
    'beginner',
    3,
    'beginner, beginners, newbie*, novice*, novato*, principiante*, never danced, no experience, without experience, first time, new to, starter*, low level, level 1, level : 1, level one, lvl 1, nivel 1, nivel : 1, nivel uno, nunca he bailado, sin experiencia, estoy empezando, estamos empezando, esta empezando, estan empezando, recien empezando, empezando a bailar, nivel bajo, primera vez',
  ],
  [
    'beginner',
    1,
    'easy, easier, simple, basic, a basic, the basic, facil*, sencill*, basico*, basica*, un basico, el basico',
  ],
  [
    'intermediate',
    3,
    'intermediate*, intermedi*, improver*, medium difficulty, moderate difficulty, medium level, mid level, difficulty medium, level 2, level : 2, level two, lvl 2, nivel 2, nivel : 2, nivel dos, nivel medio, dificultad media',
  ],
  ['intermediate', 1, 'medium, moderate'],
  [
    'advanced',
    3,
    'advanced, expert*, pro, pros, professional*, experienced, high level, level 3, level : 3, level three, lvl 3, nivel 3, nivel : 3, nivel tres, avanzad*, profesional*, nivel alto',
  ],
  [
    'advanced',
    1,
    'hard, difficult, challenging, complex, complicated, tricky, dificil*, complicad*, complej*',
  ],
];

const ENERGY: readonly Row<'energyLevel'>[] = [
  ['low', 3, 'low energy, energy low, less energy, little energy, energia baja, baja energia, poca energia'],
  [
    'low',
    2,
    'calm*, relax*, relajad*, chill*, mellow, tranquil*, low key, laid back, gentle, soft, softly, peaceful',
  ],
  ['low', 1, 'low, smooth*, suave*, suavemente'],
  ['medium', 3, 'medium energy, mid energy, moderate energy, energy medium, normal energy, energia media'],
  [
    'high',
    3,
    'high energy, energy high, lots of energy, full of energy, energia alta, alta energia, mucha energia',
  ],
  [
    'high',
    2,
    'energetic*, energic*, intens*, explosiv*, powerful*, dynamic*, dinamic*, lively, upbeat, vibrant*, wild, animad*, movid*',
  ],
  ['high', 1, 'high, party, parties, fiesta*'],
];

const STYLE: readonly Row<'style'>[] = [
  ['romantic', 3, 'romantic*, romanc*'],
  [
    'romantic',
    1,
    'love, loving, amor*, intimate*, intim*, tender*, tiern*, wedding*, boda*, anniversar*, valentine*',
  ],
  // "energetic" is first of all an energy: beside another style's name it says nothing of style.
  ['energetic', 2, 'energetic*, energic*'],
  ['energetic', 1, 'party, parties, fiesta*, fun, upbeat, lively, animad*'],
  ['sensual', 3, 'sensual*'],
  [
    'sensual',
    1,
    'sexy, seducti*, seductor*, passion*, pasion*, apasionad*, steamy, body roll, body rolls, bodyroll*',
  ],
  ['playful', 3, 'playful*, flirt*, juguet*, coquet*'],
  ['playful', 1, 'cheeky, silly, joyful*, happy, cheerful*, cute, light hearted, alegre*, divertid*'],
  ['modern', 3, 'modern*, contemporary, contemporane*, fusion, urban*'],
];

const TEMPO: readonly Row<'tempo'>[] = [
  ['slow', 3, 'slow, slower, slowly, slow tempo, low tempo, lento*, lenta*, despacio, despacito, tempo bajo'],
  ['slow', 1, 'gentle, ballad*, balada*'],
  [
    'medium',
    3,
    'medium tempo, mid tempo, midtempo, moderate tempo, normal tempo, medium speed, moderate speed, medium pace, tempo medio, velocidad media, ritmo medio',
  ],
  [
    'fast',
    3,
    'fast, faster, fast tempo, high tempo, uptempo, up tempo, quick, quicker, quickly, rapid*, veloz, veloces',
  ],
];

const DANCE =
  'bachat*, danc*, choreograph*, choreo, choreos, coreograf*, routine*, rutina*, bail*, song*, music*, cancion*, track, tune, step, steps, paso, pasos, move, moves, movement*, movimiento*, transition*, transicion*, partner*, couple*, pareja*, rhythm*, ritmo*, beat, beats, tempo, latin*, embrace, embraces, close hold, open hold, position, positions, abrazo, abrazos, posicion, posiciones, salsa*, merengue*, kizomba*, tango*, energy, energia, performance*, footwork';
const NO_MEANING =
  'i love, we love, really love, would love, id love, love to, love bachata, high heels, turn up, turn on, turn off, turn down, step by step, in step with, lift off, my turn, your turn, taking turns, take turns';

/** A phrase as its words; a word ending in * matches any ending. */
export interface LexiconEntry {
  readonly words: readonly string[];
  readonly meaning: Meaning;
}

function entries(meaning: Meaning, phrases: string): LexiconEntry[] {
  return phrases.split(',').map((phrase) => ({ words: phrase.trim().split(' '), meaning }));
}

/** Every phrase this package knows of dance and music, English and Spanish. One phrase may have several meanings. */
export const LEXICON: readonly LexiconEntry[] = [
  ...DIFFICULTY.flatMap(([value, strength, p]) => entries({ kind: 'difficulty', value, strength }, p)),
  ...ENERGY.flatMap(([value, strength, p]) => entries({ kind: 'energyLevel', value, strength }, p)),
  ...STYLE.flatMap(([value, strength, p]) => entries({ kind: 'style', value, strength }, p)),
  ...TEMPO.flatMap(([value, strength, p]) => entries({ kind: 'tempo', value, strength }, p)),
  ...MOVE_FAMILIES.flatMap(({ name, phrases: { english = [], spanish = [] } = {} }) =>
    [...english, ...spanish].flatMap((phrase) => entries({ kind: 'move', value: name, strength: 1 }, phrase)),
  ),
  ...entries({ kind: 'dance', value: 'dance', strength: 1 }, DANCE),
  ...entries({ kind: 'none', value: 'none', strength: 1 }, NO_MEANING),
];
