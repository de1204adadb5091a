import type { AnalyseSound } from '@bachata-buddy/music';
import fc from 'fast-check';
import type { Test } from 'tap';
import { checkUnrouted, makeAnswerCheck } from '../documented-answers.ts';
import { findOperation, type OpenapiDocument, operationsOf } from '../documented-operations.ts';
import { requestArbitrary } from './requests.ts';
import { makeFuzzScene } from './scene.ts';

const RESTOCK_EVERY = 100;
const SEED = 20_251_109;

export interface FuzzOptions {
  readonly count: number;
  /** Whether they are so many that every operation has to have had one that succeeded. */
  readonly coversAll: boolean;
  /** What listens to the songs that are brought. */
  readonly analyseSound: AnalyseSound;
}

/** So many requests, the same each time: every answer has to be one that the document says, and none a failure. */
export async function fuzzRequests(t: Test, options: FuzzOptions): Promise<void> {
  const { count, coversAll, analyseSound } = options;
  const { app, send, restock } = await makeFuzzScene(t, analyseSound);
  await app.ready();
  const document = JSON.parse(JSON.stringify(app.swagger())) as OpenapiDocument;
  // Whoever asks goes on asking.
  const operations = operationsOf(document).filter(({ path }) => path !== '/api/auth/delete-account/');
  const check = makeAnswerCheck(document);
  const asked = new Map<string, Set<number>>(operations.map(({ name }) => [name, new Set()]));
  let sent = 0;
  const property = fc.asyncProperty(
    fc.oneof(...operations.map((operation) => requestArbitrary(operation))),
    async (request) => {
      // What there is may all have been removed.
      if (++sent % RESTOCK_EVERY === 0) await restock();
      const { answer, address } = await send(request);
      if (answer === null) return;
      const { pathname } = new URL(address, 'http://localhost');
      const operation = findOperation(operations, request.method, pathname);
      if (operation !== undefined) asked.get(operation.name)?.add(answer.statusCode);
      const problem = operation === undefined ? checkUnrouted(answer) : check(operation, answer);
      if (answer.statusCode >= 500)
        throw new Error(`${request.method} ${address.slice(0, 200)} failed: ${answer.body}`);
      if (problem !== undefined) throw new Error(`${request.method} ${address.slice(0, 200)}: ${problem}`);
    },
  );
  const details = await fc.check(property, { numRuns: count, seed: SEED, endOnFailure: true });
  t.notOk(details.failed, `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`);
  for (const [name, statuses] of coversAll ? asked : []) {
    // Nobody guesses a signature.
    if (name.includes('/media/private/')) continue;
    const isFine = [...statuses].some((status) => status < 400);
    t.ok(isFine, `${name}: ${[...statuses].sort().join(', ')}`);
  }
}
