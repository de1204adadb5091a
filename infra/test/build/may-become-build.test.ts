import t from 'tap';
import { mayBecomeBuild } from '../../build/build-app.ts';

t.test('a build takes the place of a build, and of nothing that somebody has written', async (t) => {
  const root = t.testdir({
    empty: {},
    built: { 'server.js': '', 'package.json': '{"type":"module"}\n' },
    sources: { src: {}, 'package.json': '{"name":"api","type":"module"}\n' },
    notes: { 'notes.txt': 'mine' },
  });
  const expected = { absent: true, empty: true, built: true, sources: false, notes: false };
  for (const [name, may] of Object.entries(expected))
    t.equal(await mayBecomeBuild(`${root}/${name}`), may, name);
  await t.rejects(mayBecomeBuild(`${root}/notes/notes.txt`), { code: 'ENOTDIR' });
});
