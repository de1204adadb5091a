import t from 'tap';
import { keptVideo } from '../../../src/views/practise/logic/kept-video.ts';

const signed = (file: string, signature: string) => ({
  video_url: `https://cdn.example/${file}?sig=${signature}`,
});
const first = signed('dance.mp4', 'a');
const again = signed('dance.mp4', 'b');
const other = signed('other.mp4', 'c');

t.test('a video keeps its address while it plays, however often it is signed anew', async (t) => {
  t.equal(keptVideo({ kept: undefined, newest: first, failed: undefined }), first);
  t.equal(keptVideo({ kept: first, newest: again, failed: undefined }), first);
  t.equal(
    keptVideo({ kept: first, newest: other, failed: undefined }),
    other,
    'another file is another video',
  );
  t.equal(keptVideo({ kept: first, newest: undefined, failed: undefined }), undefined, 'it is made anew');
});

t.test('an address that has failed gives way to the newest', async (t) => {
  t.equal(keptVideo({ kept: first, newest: again, failed: first }), again);
  t.equal(keptVideo({ kept: again, newest: again, failed: again }), again);
});
