import t from 'tap';
import { buildMoveLibrary } from '../src/index.ts';
import { makeArc } from '../src/plan/arc.ts';
import { findCandidates } from '../src/plan/candidates.ts';
import { buildCountGrid } from '../src/plan/count-grid.ts';
import { findSlotOptions, placeOf } from '../src/plan/slot-options.ts';
import { buildSlots, mergeSlots } from '../src/plan/slots.ts';
import { optionsOf, type PlanContext } from '../src/plan/step-options.ts';
import { readWishes } from '../src/plan/wishes.ts';
import { makeAnalysis, makeMoves, makeRequest } from './support/synthetic.ts';

t.test('the options made of a slot are those that were found for it, as often as it is asked', async (t) => {
  const [analysis, request] = [makeAnalysis(), makeRequest({ difficulty: 'beginner' })];
  const library = await buildMoveLibrary(makeMoves(3));
  const slots = buildSlots(buildCountGrid(analysis), analysis);
  const wishes = readWishes(request, library.moves);
  const candidates = findCandidates({ library, analysis, request, wishes, slots });
  const context: PlanContext = { candidates, request, wishes, design: null, arc: makeArc(analysis) };
  const options = await findSlotOptions(slots, context, undefined);
  t.equal(options.slotCount, slots.length);
  const ids = new Set<string>();
  for (const [index, slot] of slots.entries()) {
    const merged = mergeSlots(slot, slots[index + 1]);
    const { isFirst } = placeOf(index, slots);
    const both = { isFirst, isLast: index + 1 === slots.length - 1, span: 2 } as const;
    const expected = [
      ...optionsOf(slot, placeOf(index, slots), context),
      ...(merged === null ? [] : optionsOf(merged, both, context)),
    ];
    t.same(options.at(index), expected, `slot ${index}`);
    t.same(options.at(index), expected, `slot ${index} again`);
    for (const { move } of expected) ids.add(move.moveId);
  }
  t.equal(options.moveCount, ids.size);
  const harder = [...ids].filter(
    (id) => library.moves.find(({ moveId }) => moveId === id)?.difficulty !== 'beginner',
  );
  t.equal(options.moveCountOfLevel, ids.size - harder.length);
});
