import { analyseInWorker } from '@bachata-buddy/music';
import t from 'tap';
import { fuzzRequests } from './fuzz-requests.ts';

t.test('whatever is sent at length, every answer is one that the document says, and none is a failure', (t) =>
  fuzzRequests(t, { count: 6_500, coversAll: true, analyseSound: analyseInWorker }),
);
