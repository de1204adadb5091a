import { readdirSync, readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { makeAnswerCheck } from '../documented-answers.ts';
import { findOperation, type OpenapiDocument, operationsOf } from '../documented-operations.ts';
import { makeGoldenService, makePeople } from './golden-scene.ts';

interface GoldenCase {
  readonly name: string;
  /** Who asks; null: nobody. Default Maria. */
  readonly as?: string | null;
  /** Method and path. What stands in braces in here, in headers and in the body is an id or a token of the scene. */
  readonly send: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Instead of a body: sent as it is, as JSON unless a header says otherwise. */
  readonly text?: string;
  readonly given?: 'no launcher';
  readonly status: number;
  /** Absent where it does not matter, or there is none (204). */
  readonly answer?: object;
  /** Fields that are answered besides: they have to be there, and nothing is said of what they hold. */
  readonly adds?: readonly string[];
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Names for fields of the answer, for the cases that follow. */
  readonly keep?: Readonly<Record<string, string>>;
}

interface GoldenFile {
  readonly about: string;
  /** Of one user; default 20. */
  readonly generationsPerHour?: number;
  readonly cases: readonly GoldenCase[];
}

const FILES = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .map((name): GoldenFile => JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')));

const CHANGING: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|abc-123-def-456|xyz-789-uvw-012/g, '<uuid>'],
  [/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"<time>"'],
  [/"eyJ[\w-]+\.[\w-]+\.[\w-]+"/g, '"<token>"'],
  [/("user":\{|^\{)"id":\d+,"username"/g, '$1"id":"<id>","username"'],
  [/in \d+ seconds/g, 'in <n> seconds'],
  // The links of a page repeat the address that was asked for, in its slash form.
  [/\/\?(?=[^"]*")/g, '?'],
];

/** A JSON text with names in place of what differs from run to run; everything else, and its order, stays. */
function normalise(text: string): string {
  return CHANGING.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** The same object without one field, which may lie deeper: `parameters.special_requirements`. */
function without(value: unknown, path: string): unknown {
  const [name = '', ...deeper] = path.split('.');
  const { [name]: field, ...rest } = value as Record<string, unknown>;
  if (field === undefined) throw new Error(`"${path}" should have been answered`);
  if (deeper.length === 0) return rest;
  return { ...(value as object), [name]: without(field, deeper.join('.')) };
}

const inSlashForm = (path: string, hasSlash: boolean): string =>
  path.replace(/\/*(\?|$)/, (_match, rest: string) => `${hasSlash ? '/' : ''}${rest}`);

for (const hasSlash of [false, true]) {
  t.test(`the API answers word for word, asked ${hasSlash ? 'with' : 'without'} a slash`, async (t) => {
    const services = new Map<number, Awaited<ReturnType<typeof makeGoldenService>>>();
    for (const { about, generationsPerHour = 20, cases } of FILES) {
      const service = services.get(generationsPerHour) ?? (await makeGoldenService(t, generationsPerHour));
      services.set(generationsPerHour, service);
      await t.test(about, (t) => runCases(t, { service, cases, hasSlash }));
    }
  });
}

interface Run {
  readonly service: Awaited<ReturnType<typeof makeGoldenService>>;
  readonly cases: readonly GoldenCase[];
  readonly hasSlash: boolean;
}

async function runCases(t: Test, { service, cases, hasSlash }: Run): Promise<void> {
  const { app, launcher } = service;
  const { tokens, names } = await makePeople(service);
  await app.ready();
  const document = app.swagger() as unknown as OpenapiDocument;
  const operations = operationsOf(document);
  const check = makeAnswerCheck(document);
  const fillIn = (text: string): string => text.replace(/\{(\w+)\}/g, (all, name) => names[name] ?? all);

  for (const golden of cases) {
    launcher.isBroken = golden.given === 'no launcher';
    const [method = '', path = ''] = golden.send.split(' ');
    const url = inSlashForm(fillIn(path), hasSlash);
    const token = golden.as === null ? undefined : tokens[golden.as ?? 'maria'];
    const payload = golden.text ?? (golden.body && fillIn(JSON.stringify(golden.body)));
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        host: 'localhost',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(golden.headers && JSON.parse(fillIn(JSON.stringify(golden.headers)))),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const operation = findOperation(operations, method, url.replace(/\?.*/, ''));
    const shown =
      golden.adds === undefined
        ? answer.body
        : JSON.stringify(golden.adds.reduce(without, answer.json() as unknown));
    const headers = Object.keys(golden.answerHeaders ?? {}).map((name) => [name, answer.headers[name]]);
    t.strictSame(
      {
        status: answer.statusCode,
        type: answer.headers['content-type'],
        headers: Object.fromEntries(headers),
        text: golden.answer === undefined ? '' : normalise(shown),
        undocumented: operation === undefined ? undefined : check(operation, answer),
      },
      {
        status: golden.status,
        type: golden.status === 204 ? undefined : 'application/json; charset=utf-8',
        headers: golden.answerHeaders ?? {},
        text: golden.answer === undefined ? '' : normalise(JSON.stringify(golden.answer)),
        undocumented: undefined,
      },
      `${golden.name}: ${golden.send}`,
    );
    for (const [name, field] of Object.entries(golden.keep ?? {})) names[name] = String(answer.json()[field]);
  }
}
