import t from 'tap';
import { movesOnStage } from '../../src/generate/moves-on-stage.ts';

const drawn = { moveId: 'a', source: 'demo' };
const filmed = { moveId: 'b', source: 'folder' };

t.test(
  'the demo library steps aside as soon as there are real clips, and serves where there are none',
  async (t) => {
    t.same(movesOnStage([drawn, filmed]), [filmed]);
    t.same(movesOnStage([drawn]), [drawn]);
    t.same(movesOnStage([]), []);
  },
);
