import t from 'tap';
import { describeCouple, facingOf, findCouple } from '../src/couple.ts';
import { readPeople } from '../src/people.ts';
import { outputOf, person } from './support/people.ts';

t.test('what the model says is read in heights of the picture, the surest first', async (t) => {
  const [sure, unsure] = [person({ x: 1.2, confidence: 0.9 }), person({ x: 0.4, confidence: 0.5 })];
  const people = readPeople(outputOf([unsure, sure]), 0.2);
  t.equal(people.length, 2, 'the empty places of the output are nobody');
  t.ok(Math.abs(people[0]!.box[0] - sure.box[0]) < 1e-6);
  t.ok(Math.abs(people[0]!.keypoints[0]![0] - 1.2) < 1e-6, 'the nose stands where it was');
});

t.test('two who stand apart are the couple', async (t) => {
  const [left, right] = [person({ x: 0.7 }), person({ x: 1.1, height: 0.62 })];
  const pose = describeCouple(4, findCouple([left, right]));
  t.equal(pose.count, 4);
  t.same(pose.dancers, [left.keypoints, right.keypoints]);
  t.ok(Math.abs((pose.size ?? 0) - 0.7) < 1e-9, 'as tall as the taller');
  t.ok(Math.abs((pose.centre?.[0] ?? 0) - (0.7 - 0.14 + 1.1 + 0.124) / 2) < 1e-9);
});

t.test('one who is found twice is one, and of one the place alone is known', async (t) => {
  const found = findCouple([person({ x: 0.9 }), person({ x: 0.92, confidence: 0.5 })]);
  t.equal(found.who, 'one');
  const pose = describeCouple(0, found);
  t.equal(pose.dancers, null);
  t.equal(pose.facing, null);
  t.ok(Math.abs((pose.centre?.[0] ?? 0) - 0.9) < 1e-9);
});

t.test(
  'whoever is small stands in the background; of many who are not it is not known who dances',
  async (t) => {
    const couple = [person({ x: 0.7 }), person({ x: 1.1 })];
    t.equal(findCouple([...couple, person({ x: 0.2, height: 0.3 })]).who, 'couple');
    const five = [...couple, ...[0.1, 0.4, 1.5].map((x) => person({ x, height: 0.66 }))];
    t.equal(findCouple(five).who, 'crowd');
    t.same(describeCouple(0, findCouple(five)), {
      count: 0,
      dancers: null,
      centre: null,
      size: null,
      facing: null,
    });
  },
);

t.test('whose points are guesses is nobody; whose legs are out of the picture is somebody', async (t) => {
  t.equal(findCouple([]).who, 'nobody');
  t.equal(findCouple([person({ x: 0.7, confidence: 0.1 })]).who, 'nobody');
  const cropped = [person({ x: 0.7, legConfidence: 0.05 }), person({ x: 1.1, legConfidence: 0.05 })];
  t.equal(findCouple(cropped).who, 'couple');
});

t.test('shoulders tell where somebody faces', async (t) => {
  const degrees = (turned: boolean) =>
    facingOf(person({ x: 1, isTurnedAway: turned }).keypoints) ?? Number.NaN;
  t.ok(Math.abs(degrees(false)) < 30, `${degrees(false)} is to the camera`);
  t.ok(Math.abs(degrees(true)) > 150, `${degrees(true)} is away from it`);
  t.equal(facingOf(person({ x: 1, confidence: 0.1 }).keypoints), null, 'of a guess it is not known');
});
