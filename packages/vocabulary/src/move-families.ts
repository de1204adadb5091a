import { STYLES, type Style } from './dance.ts';

/** A kind of move, as labels of clips and wishes name it. */
export interface MoveFamily {
  /** In snake_case, as labels are written. */
  readonly name: string;
  /** How lively it is by itself, 0 calm .. 1 wild. */
  readonly liveliness: number;
  /** The style of a clip of which nothing else is known; absent: playful. */
  readonly usualStyle?: Style;
  /** Of those that a dance of simple steps consists of. */
  readonly isSimple?: true;
  /** Labels that mean it, and nothing but it, beside its name. */
  readonly otherLabels?: readonly string[];
  /** What people call it. A phrase whose last word ends in * stands for every ending. */
  readonly phrases?: { readonly english?: readonly string[]; readonly spanish?: readonly string[] };
}

/** Of a family that nobody has described. */
export const UNKNOWN_LIVELINESS = 0.5;
const UNKNOWN_STYLE: Style = 'playful';

/** Every family that the planner knows anything of. */
export const MOVE_FAMILIES: readonly MoveFamily[] = [
  { name: 'intro', liveliness: 0.25, usualStyle: 'romantic', otherLabels: ['intros'] },
  { name: 'outro', liveliness: 0.25, usualStyle: 'romantic', otherLabels: ['outros'] },
  {
    name: 'turn',
    liveliness: 0.7,
    phrases: {
      english: ['turn', 'turns', 'turning', 'lady turn', 'lady turns', 'ladyturn*', 'underarm turn*'],
      spanish: ['vuelta', 'vueltas', 'giro', 'giros'],
    },
  },
  {
    name: 'spin',
    liveliness: 0.85,
    usualStyle: 'energetic',
    phrases: { english: ['spin', 'spins', 'spinning', 'pirouette*'], spanish: ['pirueta*'] },
  },
  {
    name: 'body_wave',
    liveliness: 0.35,
    usualStyle: 'sensual',
    phrases: {
      english: ['body wave', 'body waves', 'bodywave*', 'body roll', 'body rolls', 'bodyroll*'],
      spanish: ['onda corporal', 'ondas corporales', 'onda', 'ondas', 'ondulacion*'],
    },
  },
  {
    name: 'hip_roll',
    liveliness: 0.4,
    usualStyle: 'sensual',
    phrases: {
      english: ['hip roll', 'hip rolls', 'hiproll*', 'hip movement', 'hip movements', 'hips'],
      spanish: ['cadera', 'caderas'],
    },
  },
  {
    name: 'head_roll',
    liveliness: 0.45,
    usualStyle: 'sensual',
    phrases: { english: ['head roll', 'head rolls', 'headroll*'] },
  },
  {
    name: 'dip',
    liveliness: 0.5,
    phrases: {
      english: ['dip', 'dips', 'dipping'],
      spanish: ['caida', 'caidas', 'dejada', 'dejadas', 'inclinacion*'],
    },
  },
  {
    name: 'lift',
    liveliness: 0.9,
    phrases: {
      english: ['lift', 'lifts', 'lifting'],
      spanish: ['cargada', 'cargadas', 'elevacion', 'elevaciones'],
    },
  },
  {
    name: 'basic',
    liveliness: 0.3,
    usualStyle: 'romantic',
    isSimple: true,
    phrases: {
      english: [
        'basic step',
        'basic steps',
        'a basic step',
        'the basic step',
        'the basic steps',
        'basics',
        'a basic',
        'the basic',
      ],
      spanish: [
        'paso basico',
        'pasos basicos',
        'un basico',
        'el basico',
        'unos basicos',
        'los basicos',
        'basicos',
      ],
    },
  },
  {
    name: 'side',
    liveliness: 0.3,
    isSimple: true,
    phrases: {
      english: ['side step', 'side steps', 'side to side'],
      spanish: ['paso lateral', 'pasos laterales'],
    },
  },
  { name: 'forward', liveliness: UNKNOWN_LIVELINESS },
  {
    name: 'footwork',
    liveliness: 0.9,
    usualStyle: 'energetic',
    phrases: {
      english: ['footwork', 'foot work', 'dominican step*', 'dominican footwork'],
      spanish: ['juego de pies', 'juegos de pies', 'dominicana', 'dominicanas', 'paso* dominicano*'],
    },
  },
  {
    name: 'cross_body_lead',
    liveliness: 0.6,
    phrases: {
      english: ['cross body lead', 'cross body leads', 'cross body', 'crossbody*'],
      spanish: ['dile que no'],
    },
  },
  { name: 'hammerlock', liveliness: 0.65, phrases: { english: ['hammerlock*', 'hammer lock'] } },
  {
    name: 'shadow',
    liveliness: 0.45,
    usualStyle: 'sensual',
    phrases: { english: ['shadow', 'shadows', 'shadow position'] },
  },
  { name: 'sombrero', liveliness: 0.6, phrases: { spanish: ['sombrero', 'sombreros'] } },
  {
    name: 'enchufla',
    liveliness: 0.65,
    phrases: { spanish: ['enchufla*', 'enchufe', 'enchufes', 'enchufle'] },
  },
  {
    name: 'jump',
    liveliness: 0.95,
    usualStyle: 'energetic',
    phrases: { english: ['jump', 'jumps', 'jumping', 'hop', 'hops'], spanish: ['salto', 'saltos'] },
  },
  {
    name: 'cuddle',
    liveliness: 0.4,
    usualStyle: 'romantic',
    phrases: { english: ['cuddle', 'cuddles', 'cradle', 'cradles'] },
  },
  { name: 'bolero', liveliness: 0.3, isSimple: true, phrases: { spanish: ['bolero', 'boleros'] } },
  {
    name: 'arm_styling',
    liveliness: 0.45,
    phrases: {
      english: ['arm styling', 'lady styling', 'ladies styling', 'styling', 'arm movement', 'arm movements'],
    },
  },
  { name: 'style', liveliness: 0.45 },
  { name: 'sensual', liveliness: UNKNOWN_LIVELINESS, usualStyle: 'sensual' },
  { name: 'golpe', liveliness: 0.85, usualStyle: 'energetic', phrases: { spanish: ['golpe', 'golpes'] } },
];

const FAMILY_OF_NAME = new Map(MOVE_FAMILIES.map((family) => [family.name, family]));

/** The family of that name, or undefined. */
export function moveFamily(name: string): MoveFamily | undefined {
  return FAMILY_OF_NAME.get(name);
}

/** The family that a whole word of a label means by itself, without knowledge of language. */
export function familyOfLabel(label: string): MoveFamily | undefined {
  return FAMILY_OF_NAME.get(label) ?? MOVE_FAMILIES.find(({ otherLabels }) => otherLabels?.includes(label));
}

/**
 * The style of a clip of which only the label is known, by the families whose names stand in it, with or without
 * underscores: `bodywaves`, `double_spin`.
 */
export function usualStyleOf(label: string): Style {
  const isIn = ({ name }: MoveFamily): boolean => new RegExp(name.replaceAll('_', '_?')).test(label);
  const named = MOVE_FAMILIES.filter(isIn).map(({ usualStyle }) => usualStyle);
  return STYLES.find((style) => named.includes(style)) ?? UNKNOWN_STYLE;
}
