import { makeLogger } from '@bachata-buddy/platform';
import { UPLOADING } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { holdOwnership, OwnershipLostError } from '../src/ownership.ts';
import { makeLoggedRecord } from '../src/task-record.ts';

const log = makeLogger({ name: 'test', level: 'silent' });
t.test(
  'a step does not wait for a database that says nothing when the process is asked to end',
  async (t) => {
    const stop = new AbortController();
    const never = new Promise<boolean>(() => {});
    const record = { ...makeLoggedRecord(log), progress: () => never };
    const ownership = holdOwnership({ record, log, signal: stop.signal });
    const step = ownership.step(UPLOADING);
    stop.abort();
    await t.rejects(step, { name: 'AbortError' });
    await t.rejects(ownership.step(UPLOADING), { name: 'AbortError' }, 'nor does the next one');
    // What is left of it is a heartbeat, which keeps the process running.
    void ownership.end();
  },
);

t.test('a step that finds the task taken over says so', async (t) => {
  const record = { ...makeLoggedRecord(log), progress: async () => false };
  const ownership = holdOwnership({ record, log, signal: new AbortController().signal });
  await t.rejects(ownership.step(UPLOADING), OwnershipLostError);
  t.equal(ownership.signal.aborted, true);
  await ownership.end();
});
