import {
  boundedMoves,
  type ParsedQuery,
  readSaidMoves,
  type SaidMoves,
  wishFor,
} from '@bachata-buddy/choreography';
import type { Static } from 'typebox';
import type { MendedParametersSchema } from '../schemas/generation.ts';
import { readWishes } from './wishes-document.ts';

type MendedParameters = Static<typeof MendedParametersSchema>;

/** What a sentence was understood to mean, as its author corrected it: what they send holds, field by field. */
export function mendQuery(parsed: ParsedQuery, mended: MendedParameters): ParsedQuery {
  const { difficulty, energy_level: energyLevel, style, tempo, wishes } = mended;
  const said = { difficulty, energyLevel, style, tempo };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  // Who sends back the style that was guessed has not asked for it.
  const stated = given
    .map(([name]) => name as keyof typeof said)
    .filter((name) => name !== 'style' || style !== parsed.style);
  const wished = wishes === undefined ? undefined : readWishes(wishes);
  return {
    ...parsed,
    ...Object.fromEntries(given),
    stated: [...new Set([...parsed.stated, ...stated])],
    specialRequirements: mended.special_requirements ?? parsed.specialRequirements,
    specificMoves: mended.specific_moves === undefined ? parsed.specificMoves : mended.specific_moves,
    moves: mendMoves(parsed, mended, wished?.moves ?? parsed.moves),
    extent: wished === undefined ? parsed.extent : (wished.extent ?? null),
    tempoBpm: wished === undefined ? parsed.tempoBpm : (wished.tempoBpm ?? null),
  };
}

/** A list counts where it differs from what was understood: who sends all of it back has changed some. */
function mendMoves(parsed: ParsedQuery, mended: MendedParameters, moves: SaidMoves): SaidMoves {
  const understood = parsed.specificMoves ?? [];
  const listed = mended.specific_moves === undefined ? understood : (mended.specific_moves ?? []);
  const removed = new Set(understood.filter((name) => !listed.includes(name)));
  const kept = moves.wanted.filter(({ name }) => !removed.has(name));
  const added = listed.filter((name) => !understood.includes(name) && kept.every((one) => one.name !== name));
  const requirements = (mended.special_requirements ?? []).filter(
    (text) => !parsed.specialRequirements.includes(text),
  );
  const more = readSaidMoves({ specialRequirements: requirements });
  return boundedMoves({
    wanted: [...kept, ...added.map(wishFor), ...more.wanted],
    refused: [...new Set([...moves.refused, ...more.refused])],
    only: [...moves.only.filter((name) => !removed.has(name)), ...more.only],
  });
}
