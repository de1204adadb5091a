import t from 'tap';
import { type ReportedMove, reportLibrary } from '../src/index.ts';
import { coupleAt, unseenAt } from './support/couples.ts';
import { makeMove } from './support/synthetic.ts';

const reported = (overrides: Partial<ReportedMove> & { readonly moveId: string }): ReportedMove => ({
  ...makeMove(overrides),
  downbeatConfidence: 1,
  ...overrides,
});
const standing = (x: number) => [coupleAt(0, [x, x + 0.4]), coupleAt(8, [x, x + 0.4])];

t.test('a report counts what there is, and says of what there is little', async (t) => {
  const report = reportLibrary([
    ...['a', 'b', 'c', 'd'].map((moveId) => reported({ moveId, label: 'turn', style: 'sensual' })),
    reported({ moveId: 'in', label: 'intros', difficulty: 'advanced' }),
  ]);
  t.equal(report.moves, 5);
  t.match(report.levels, [{ name: 'beginner', moves: 4 }, { moves: 0 }, { name: 'advanced', moves: 1 }]);
  t.match(report.families, [
    { name: 'turn', moves: 4 },
    { name: 'intro', moves: 1 },
  ]);
  const thin = report.thin.map(({ name }) => name);
  t.ok(thin.includes('beginner, low energy') && thin.includes('exits'));
  t.notOk(thin.includes('intermediate, medium energy'), 'easier moves count for a level');
  t.notOk(thin.includes('beginner, sensual') || thin.includes('entrances'));
});

t.test('a report names moves without a good neighbour, and what was not seen', async (t) => {
  const report = reportLibrary([
    reported({ moveId: 'near', poses: standing(0.5) }),
    reported({ moveId: 'nearer', poses: standing(0.55) }),
    reported({ moveId: 'far', poses: standing(1.2) }),
    reported({ moveId: 'leaves', poses: [coupleAt(0, [0.5, 0.9]), coupleAt(8, [2, 2.4])] }),
    reported({ moveId: 'unseen', poses: [unseenAt(0), unseenAt(8)] }),
    reported({ moveId: 'half', poses: [coupleAt(0, [0.5, 0.9]), unseenAt(8)] }),
    reported({ moveId: 'unlooked', poses: null }),
  ]);
  t.same(report.joins, { known: 4, noneAfter: ['far', 'leaves'], noneBefore: ['far'] });
  t.same(report.nobodyFound, ['unseen']);
  t.same(report.endsUnknown, ['half']);
  t.same(report.notLookedAt, ['unlooked']);
});

t.test('a report names clips of which it is not sure which beat is the "1"', async (t) => {
  const moves = [0.29, 0.3, null].map((downbeatConfidence, index) =>
    reported({ moveId: `m${index}`, downbeatConfidence }),
  );
  t.same(reportLibrary(moves).unsureDownbeats, [{ moveId: 'm0', confidence: 0.29 }]);
  t.equal(reportLibrary([]).moves, 0);
});
