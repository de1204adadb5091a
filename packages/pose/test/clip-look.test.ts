import t from 'tap';
import { describeLook } from '../src/clip-look.ts';
import { PICTURE_SIZE } from '../src/picture-size.ts';
import { person } from './support/people.ts';

const RED = [250, 5, 5] as const;
const BLUE = [5, 5, 250] as const;
/** Numbers of those colours among 8 x 8 x 8. */
const [RED_STEP, BLUE_STEP] = [7 * 64, 7];

/** Somebody in red from head to foot of the box, in front of blue. */
function picture(middle: number) {
  const dancer = person({ x: middle });
  const [left, top, right, bottom] = dancer.box;
  const { width, height } = PICTURE_SIZE;
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [x, y] = [column / height, row / height];
      const isIn = x >= left && x < right && y >= top && y < bottom;
      pixels.set(isIn ? RED : BLUE, (row * width + column) * 3);
    }
  }
  return { pixels, people: [dancer] };
}

t.test(
  'a look tells the colours of who dances and of what is around them, their place and size',
  async (t) => {
    const look = describeLook([picture(0.65), picture(0.85)])!;
    t.same(look.dancers, [[RED_STEP, 1]]);
    t.same(look.background, [[BLUE_STEP, 1]]);
    t.ok(Math.abs(look.centre[0] - 0.75) < 1e-9 && Math.abs(look.centre[1] - 0.55) < 1e-9);
    t.ok(Math.abs(look.size - 0.7) < 1e-9);
  },
);

t.test('where nobody was found there is no look', async (t) => {
  t.equal(describeLook([]), null);
  t.equal(describeLook([{ ...picture(0.5), people: [] }]), null);
});
