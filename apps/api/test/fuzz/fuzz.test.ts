import t from 'tap';
import { hearsNothing } from '../make-test-app.ts';
import { fuzzRequests } from './fuzz-requests.ts';

t.test('whatever is sent, every answer is one that the document says, and none is a failure', (t) =>
  fuzzRequests(t, { count: 800, coversAll: false, analyseSound: hearsNothing }),
);
