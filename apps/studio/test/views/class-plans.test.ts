import t from 'tap';
import { classMinutes, minutesOf } from '../../src/views/plans/minutes.ts';

t.test(
  'a class takes what is planned for its dances, and where nothing is as long as they last',
  async (t) => {
    const dance = (planned: number | null, duration: number) => ({
      estimated_time: planned,
      choreography: { duration },
    });
    t.equal(classMinutes([]), 0);
    t.equal(classMinutes([dance(10, 180), dance(null, 150)]), 13);
    t.strictSame([minutesOf(' '), minutesOf('20')], [null, 20]);
  },
);
