import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readAnnotations } from '../src/annotations.ts';

const clip = {
  clip_id: 'double_cross_body_lead',
  video_path: 'cross_body_lead/double.mp4',
  move_label: 'cross_body_lead',
  energy_level: 'medium',
  difficulty: 'low',
  estimated_tempo: 129,
};

function read(t: Test, document: unknown) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return readAnnotations(join(t.testdir({ 'annotations.json': text }), 'annotations.json'));
}

t.test(
  'difficulty becomes beginner, intermediate or advanced; style follows the label where it is absent',
  async (t) => {
    const levels = ['low', 'medium', 'high'].map((difficulty) => ({
      ...clip,
      clip_id: difficulty,
      difficulty,
    }));
    const { clips, problems } = await read(t, {
      clips: [...levels, { ...clip, clip_id: 's', move_label: 'hiprolls' }],
    });
    t.same(problems, []);
    t.same(
      clips.map(({ difficulty, style }) => [difficulty, style]),
      [
        ['beginner', 'playful'],
        ['intermediate', 'playful'],
        ['advanced', 'playful'],
        ['beginner', 'sensual'],
      ],
    );
  },
);

t.test('an intro is an intro whether its folder is called intro or intros', async (t) => {
  const { clips } = await read(t, { clips: [{ ...clip, move_label: 'intros' }] });
  t.match(clips[0], { label: 'intro', name: 'Double cross body lead', style: 'romantic' });
});

t.test('a wrong entry is reported by name and the rest is used', async (t) => {
  const { clips, problems } = await read(t, {
    clips: [
      clip,
      clip,
      { ...clip, clip_id: 'climber', video_path: '../../etc/passwd.mp4' },
      { ...clip, clip_id: 'expert', difficulty: 'expert' },
      { ...clip, clip_id: 'nul', video_path: 'a\u0000.mp4' },
      { ...clip, clip_id: 'fast', estimated_tempo: 1e9 },
      null,
      { clip_id: 7 },
    ],
  });
  t.same(
    clips.map(({ moveId }) => moveId),
    ['double_cross_body_lead'],
  );
  t.same(
    problems.map(({ name }) => name),
    ['double_cross_body_lead', 'climber', 'expert', 'nul', 'fast', 'clips[6]', 'clips[7]'],
  );
  t.match(problems[0]?.reason, /twice/);
  t.match(problems[1]?.reason, /video_path/);
  t.match(problems[2]?.reason, /difficulty/);
});

t.test('a file that is not there is named, with what it is for', async (t) => {
  const folder = t.testdir();
  const path = join(folder, 'annotations.json');
  await t.rejects(readAnnotations(path), {
    code: 'INGEST_ANNOTATIONS',
    message: new RegExp(`^${path} is not there: it says what each clip shows \\(README`),
  });
  await t.rejects(readAnnotations(folder), {
    code: 'INGEST_ANNOTATIONS',
    message: `${folder} cannot be read: illegal operation on a directory.`,
  });
});

t.test('a file that is no such document is refused in one line', async (t) => {
  await t.rejects(read(t, '{"clips": ['), {
    code: 'INGEST_ANNOTATIONS',
    message: /annotations.json is not JSON/,
  });
  await t.rejects(read(t, '[]'), { code: 'INGEST_ANNOTATIONS', message: /list "clips"/ });
});

t.test('a byte order mark in front is no part of the document, whatever it is written in', async (t) => {
  const text = JSON.stringify({ clips: [{ ...clip, clip_id: 'año' }] });
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const forms = [Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16()];
  for (const form of forms) {
    const path = join(t.testdir(), 'annotations.json');
    await writeFile(path, form);
    t.match(await readAnnotations(path), { clips: [{ moveId: 'año' }], problems: [] });
  }
});

t.test('a clip may have any name, as long as it lies in the folder', async (t) => {
  const paths = [
    'a...b.mp4',
    'C:\\clip.mp4',
    '-rf.mp4',
    'x\ny.mp4',
    '100%.mp4',
    './a.mp4',
    `${'é'.repeat(120)}.mp4`,
  ];
  const entry = (video_path: string, index: number) => ({ ...clip, clip_id: String(index), video_path });
  t.same((await read(t, { clips: paths.map(entry) })).problems, []);
  const wrong = ['/etc/passwd', 'a/../b.mp4', '..', 'a//b.mp4', 'a\u0000.mp4', '\ud800.mp4'];
  const { clips, problems } = await read(t, {
    clips: [...wrong.map(entry), { ...clip, clip_id: 'a\u0000b' }],
  });
  t.same(clips, []);
  t.equal(problems.length, wrong.length + 1);
});

t.test('an entry may say where its first 1 is, and whether dancers count it as a 5', async (t) => {
  const { clips, problems } = await read(t, {
    clips: [
      { ...clip, clip_id: 'silent' },
      { ...clip, clip_id: 'said', first_downbeat_sec: 0.52, first_count: 5 },
      { ...clip, clip_id: 'early', first_downbeat_sec: -1 },
      { ...clip, clip_id: 'odd', first_count: 3 },
    ],
  });
  t.match(clips, [
    { firstDownbeatSec: null, firstCount: null },
    { firstDownbeatSec: 0.52, firstCount: 5 },
  ]);
  t.match(problems, [
    { name: 'early', reason: /^first_downbeat_sec/ },
    { name: 'odd', reason: /^first_count/ },
  ]);
});
