import t from 'tap';
import { songPartOf } from '../src/api/song-parts.ts';

t.test('a part of a song is told by its name, numbered where it comes again', async (t) => {
  t.strictSame(songPartOf('Chorus 2'), { part: 'chorus', number: 2 });
  t.strictSame(songPartOf('intro'), { part: 'intro', number: undefined });
  for (const other of ['', 'Bridge', 'Chorus two', 'Verse 1 again'])
    t.equal(songPartOf(other), undefined, other);
});
