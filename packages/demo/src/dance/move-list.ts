import type { Difficulty, EnergyLevel, Style } from '@bachata-buddy/vocabulary';
import { bodyWave, dip, hipRoll, shadow } from './families/body-moves.ts';
import { basic, forward, side } from './families/closed-moves.ts';
import { dipOut, embraceIn, footwork, openOut, spinIn, styling, walkIn } from './families/showing-moves.ts';
import {
  crossBodyLead,
  doubleTurn,
  hammerlock,
  ladyTurnLeft,
  ladyTurnRight,
  leadTurn,
  turningChase,
} from './families/turning-moves.ts';
import type { Look } from './look.ts';
import type { MovePlan } from './move-plan.ts';

/** One move of the demo library before it is drawn. */
export interface MoveEntry {
  readonly moveId: string;
  readonly name: string;
  /** Family in snake_case. */
  readonly label: string;
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  readonly plan: MovePlan;
}

interface Family {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly build: (look: Look) => MovePlan;
}

const FAMILIES = {
  basic: { id: 'basic', name: 'Basic', label: 'basic', build: basic },
  side: { id: 'side_basic', name: 'Side basic', label: 'side', build: side },
  forward: { id: 'forward_basic', name: 'Forward and back', label: 'forward', build: forward },
  right: { id: 'turn_lady_right', name: "Lady's right turn", label: 'turn', build: ladyTurnRight },
  left: { id: 'turn_lady_left', name: "Lady's left turn", label: 'turn', build: ladyTurnLeft },
  lead: { id: 'turn_lead', name: "Lead's turn", label: 'turn', build: leadTurn },
  double: { id: 'double_turn', name: 'Double turn', label: 'double_turn', build: doubleTurn },
  chase: { id: 'double_turn_chase', name: 'Turning chase', label: 'double_turn', build: turningChase },
  cross: {
    id: 'cross_body_lead',
    name: 'Cross body lead',
    label: 'cross_body_lead',
    build: (look) => crossBodyLead(look, 8),
  },
  crossLong: {
    id: 'cross_body_lead_with_turn',
    name: 'Cross body lead with turn',
    label: 'cross_body_lead',
    build: (look) => crossBodyLead(look, 16),
  },
  wave: { id: 'body_wave', name: 'Body wave', label: 'body_wave', build: (look) => bodyWave(look, 8) },
  waveLong: {
    id: 'body_wave_long',
    name: 'Long body wave',
    label: 'body_wave',
    build: (look) => bodyWave(look, 16),
  },
  hips: { id: 'hip_roll', name: 'Hip roll', label: 'hip_roll', build: hipRoll },
  dip: { id: 'dip', name: 'Dip', label: 'dip', build: dip },
  shadow: { id: 'shadow', name: 'Shadow position', label: 'shadow', build: shadow },
  hammer: { id: 'hammerlock', name: 'Hammerlock', label: 'hammerlock', build: hammerlock },
  feet: { id: 'footwork', name: 'Footwork', label: 'footwork', build: footwork },
  arms: { id: 'styling', name: 'Arm styling', label: 'styling', build: styling },
  walkIn: { id: 'intro_walk_in', name: 'Walk in and embrace', label: 'intro', build: walkIn },
  spinIn: { id: 'intro_spin_in', name: 'Spin into the arms', label: 'intro', build: spinIn },
  embraceIn: { id: 'intro_embrace', name: 'Quiet embrace', label: 'intro', build: embraceIn },
  dipOut: { id: 'outro_dip', name: 'Last dip', label: 'outro', build: dipOut },
  openOut: { id: 'outro_open', name: 'Open to the audience', label: 'outro', build: openOut },
} satisfies Record<string, Family>;

type FamilyName = keyof typeof FAMILIES;
type Row = readonly [FamilyName, Style, Difficulty, EnergyLevel];

/** Every pair of difficulty and style has at least two moves; a test counts them. */
const ROWS: readonly Row[] = [
  ['basic', 'romantic', 'beginner', 'low'],
  ['basic', 'sensual', 'beginner', 'low'],
  ['basic', 'playful', 'beginner', 'medium'],
  ['basic', 'energetic', 'beginner', 'high'],
  ['basic', 'modern', 'beginner', 'medium'],
  ['side', 'romantic', 'beginner', 'low'],
  ['side', 'sensual', 'beginner', 'medium'],
  ['side', 'playful', 'beginner', 'medium'],
  ['side', 'energetic', 'beginner', 'high'],
  ['side', 'modern', 'beginner', 'medium'],
  ['forward', 'romantic', 'beginner', 'medium'],
  ['forward', 'energetic', 'beginner', 'high'],
  ['forward', 'modern', 'beginner', 'low'],
  ['right', 'romantic', 'beginner', 'medium'],
  ['left', 'playful', 'beginner', 'high'],
  ['right', 'energetic', 'intermediate', 'high'],
  ['left', 'romantic', 'intermediate', 'low'],
  ['right', 'sensual', 'intermediate', 'medium'],
  ['lead', 'playful', 'intermediate', 'medium'],
  ['lead', 'modern', 'intermediate', 'medium'],
  ['cross', 'romantic', 'intermediate', 'medium'],
  ['cross', 'energetic', 'intermediate', 'high'],
  ['crossLong', 'modern', 'intermediate', 'medium'],
  ['crossLong', 'playful', 'advanced', 'high'],
  ['hips', 'sensual', 'intermediate', 'medium'],
  ['hips', 'energetic', 'intermediate', 'high'],
  ['hips', 'romantic', 'intermediate', 'low'],
  ['hips', 'modern', 'advanced', 'medium'],
  ['wave', 'sensual', 'intermediate', 'medium'],
  ['wave', 'romantic', 'intermediate', 'low'],
  ['wave', 'modern', 'intermediate', 'medium'],
  ['waveLong', 'sensual', 'advanced', 'low'],
  ['hammer', 'playful', 'intermediate', 'medium'],
  ['hammer', 'energetic', 'advanced', 'high'],
  ['feet', 'playful', 'intermediate', 'high'],
  ['feet', 'energetic', 'advanced', 'high'],
  ['feet', 'modern', 'advanced', 'high'],
  ['arms', 'sensual', 'beginner', 'low'],
  ['arms', 'playful', 'intermediate', 'high'],
  ['arms', 'modern', 'advanced', 'medium'],
  ['double', 'romantic', 'advanced', 'medium'],
  ['double', 'playful', 'advanced', 'high'],
  ['chase', 'energetic', 'advanced', 'high'],
  ['dip', 'romantic', 'advanced', 'low'],
  ['dip', 'sensual', 'advanced', 'medium'],
  ['shadow', 'sensual', 'advanced', 'medium'],
  ['walkIn', 'romantic', 'beginner', 'low'],
  ['spinIn', 'energetic', 'intermediate', 'high'],
  ['embraceIn', 'sensual', 'beginner', 'low'],
  ['dipOut', 'sensual', 'intermediate', 'medium'],
  ['openOut', 'romantic', 'beginner', 'low'],
  ['openOut', 'energetic', 'intermediate', 'high'],
];

const STYLE_NAMES: Record<Style, string> = {
  romantic: 'romantic',
  energetic: 'energetic',
  sensual: 'sensual',
  playful: 'playful',
  modern: 'modern',
};

/** All moves of the demo library, in a fixed order. */
export function listMoves(): MoveEntry[] {
  return ROWS.map(([family, style, difficulty, energyLevel]) => {
    const { id, name, label, build } = FAMILIES[family] as Family;
    return {
      moveId: `${id}_${style}`,
      name: `${name} (${STYLE_NAMES[style]})`,
      label,
      difficulty,
      energyLevel,
      style,
      plan: build({ style, energy: energyLevel }),
    };
  });
}
