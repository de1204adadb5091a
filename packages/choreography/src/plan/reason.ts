import type { ChoreographyRequest } from '../choreography-request.ts';
import { levelsAbove } from './levels-above.ts';
import { roleOf } from './move-family.ts';
import { type StepOption, targetEnergy } from './step-options.ts';

export interface ReasonFacts {
  readonly request: ChoreographyRequest;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isRepeated: boolean;
}

/** "low", "medium" or "high" for 0..1. */
export function energyWord(energy: number): 'low' | 'medium' | 'high' {
  if (energy < 0.42) return 'low';
  return energy < 0.62 ? 'medium' : 'high';
}

/** Why a move stands where it does, for people: "chorus, high energy: turn fits the style; similarity 0.71". */
export function explainStep(step: StepOption, facts: ReasonFacts): string {
  const { label } = step.slot.section;
  const energy = energyWord(targetEnergy(step.slot, facts.request));
  const family = step.family.replaceAll('_', ' ');
  const causes = [...goodCauses(step, facts), ...compromises(step, facts)].join(', ');
  return `${label}, ${energy} energy: ${family} ${causes}; similarity ${step.hit.similarity.toFixed(2)}`;
}

function goodCauses({ move, isRequested, isProposed }: StepOption, facts: ReasonFacts): string[] {
  const { request, isFirst, isLast } = facts;
  const causes: string[] = [];
  if (isFirst && roleOf(move) === 'intro') causes.push('opens the dance');
  if (isLast && roleOf(move) === 'outro') causes.push('closes the dance');
  if (isRequested) causes.push('was asked for');
  if (move.style === request.style) causes.push('fits the style');
  if (move.energyLevel === request.energyLevel && causes.length < 2) causes.push('fits the energy');
  if (move.difficulty === request.difficulty && causes.length < 2) causes.push('fits the level');
  if (isProposed) causes.push('was proposed by the AI');
  return causes.length > 0 ? causes : ['comes nearest to what was asked for'];
}

function compromises({ move }: StepOption, facts: ReasonFacts): string[] {
  const { isFirst, isLast, isRepeated } = facts;
  const role = roleOf(move);
  const isMisplaced = (role === 'intro' && !isFirst) || (role === 'outro' && !isLast);
  const notes: string[] = [];
  if (isRepeated) notes.push('repeated because no other move fits here');
  if (levelsAbove(move, facts.request) > 0) notes.push('harder than asked for because nothing easier fits');
  if (isMisplaced) notes.push('used here because no other move fits');
  return notes;
}
