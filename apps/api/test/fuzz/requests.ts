import fc, { type Arbitrary } from 'fast-check';
import type { Operation } from '../documented-operations.ts';
import { bodyArbitrary } from './bodies.ts';
import { FORM_TYPE, type FormPart, formArbitrary } from './forms.ts';
import { textArbitrary } from './texts.ts';

export interface FuzzRequest {
  readonly method: Operation['method'];
  /** Path and query; may hold placeholders as bodies do. */
  readonly url: string;
  readonly caller: 'maria' | 'eve' | 'nobody' | 'forger';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | readonly FormPart[] | undefined;
}

/** What a path parameter of that name stands for. */
const KIND_OF_PARAMETER: Readonly<Record<string, string>> = {
  song_id: 'song',
  task_id: 'task',
  sequence_id: 'sequence',
  session_id: 'session',
  name: 'video',
  picture: 'picture',
  index: 'index',
};

const HOSTILE_SEGMENTS = [
  '0',
  '-1',
  '1.5',
  '1e3',
  '99999999999',
  '9'.repeat(90),
  'x'.repeat(300),
  'abc',
  '11111111-2222-4333-8444-555555555555',
  'URN:UUID:11111111-2222-4333-8444-555555555555',
  '%00',
  '%',
  '%zz',
  '%c3%28',
  '%ed%a0%80',
  '%2e%2e',
  '%2f..%2f',
  ';a=b',
  'stats',
  '__proto__',
  '..%5c',
];

const QUERY_VALUES = [
  '1',
  '0',
  '-1',
  '2',
  'last',
  '100',
  '1000000000000000000000',
  'NaN',
  'beginner',
  'title',
  '-title',
  'a%00b',
  '%',
  '%ff%fe',
  '%ed%a0%80',
  '[]',
  'a&page=2',
  '%27%22%3b--',
];

const CONTENT_TYPES = [
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json, text/html',
  'application/jsonp',
  '',
  '*/*',
  `x/${'y'.repeat(500)}`,
];

/** Requests to one operation, from what it expects to what nobody should send. */
export function requestArbitrary(operation: Operation): Arbitrary<FuzzRequest> {
  const usual = usualRequestArbitrary(operation);
  if (operation.form === undefined) return usual;
  const withForm = fc.tuple(usual, formArbitrary(operation.form)).map(
    ([request, body]): FuzzRequest => ({
      ...request,
      headers: { ...request.headers, 'content-type': FORM_TYPE },
      body,
    }),
  );
  return fc.oneof(usual, withForm);
}

function usualRequestArbitrary(operation: Operation): Arbitrary<FuzzRequest> {
  const takesBody = operation.method !== 'GET' && operation.method !== 'HEAD';
  return fc.record({
    method: fc.constant(operation.method),
    url: fc.tuple(pathArbitrary(operation), queryArbitrary(operation)).map(([path, query]) => path + query),
    caller: fc.oneof(
      { arbitrary: fc.constant('maria' as const), weight: 8 },
      { arbitrary: fc.constantFrom('eve' as const, 'nobody' as const, 'forger' as const), weight: 2 },
    ),
    headers: headersArbitrary(operation),
    body: takesBody ? bodyArbitrary(operation.body) : fc.constant(undefined),
  });
}

function pathArbitrary({ method, path }: Operation): Arbitrary<string> {
  const parts = path.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const isRemoved = method === 'DELETE' && path.endsWith('{id}/');
    const ofId = path.startsWith('/api/collections')
      ? isRemoved
        ? 'lastItem'
        : 'item'
      : isRemoved
        ? 'lastPlan'
        : 'plan';
    const isOfOwner = name === 'song_id' && (method === 'PATCH' || method === 'DELETE');
    const kind = isOfOwner ? 'ownSong' : (KIND_OF_PARAMETER[name] ?? ofId);
    return fc.oneof(
      { arbitrary: fc.nat({ max: 7 }).map((nth) => `«${kind}:${nth}»`), weight: 6 },
      { arbitrary: fc.constantFrom(...HOSTILE_SEGMENTS), weight: 2 },
      { arbitrary: textArbitrary.map((text) => encodeLoosely(text === '' ? ' ' : text)), weight: 1 },
    );
  });
  return fc.tuple(...parts).map((texts) => texts.join(''));
}

function queryArbitrary({ queryNames }: Operation): Arbitrary<string> {
  const name =
    queryNames.length === 0
      ? fc.constantFrom('a', '__proto__')
      : fc.oneof(
          { arbitrary: fc.constantFrom(...queryNames), weight: 8 },
          { arbitrary: fc.constantFrom('__proto__', 'constructor', 'a[]', ''), weight: 1 },
        );
  const value = fc.oneof(fc.constantFrom(...QUERY_VALUES), textArbitrary.map(encodeLoosely));
  const parameter = fc.tuple(name, value).map(([key, text]) => `${key}=${text.slice(0, 3_000)}`);
  return fc
    .array(parameter, { maxLength: queryNames.length === 0 ? 1 : 3 })
    .map((parameters) => (parameters.length === 0 ? '' : `?${parameters.join('&')}`));
}

function headersArbitrary({ headerNames }: Operation): Arbitrary<Record<string, string>> {
  const value = fc.constantFrom('', '*', '"a"', 'W/"a", "b"', 'a', 'x'.repeat(300), 'a b', '0', 'é');
  const sometimes = (arbitrary: Arbitrary<string>) => fc.option(arbitrary, { nil: undefined, freq: 6 });
  return fc
    .record({
      'content-type': fc.oneof(
        { arbitrary: fc.constant('application/json'), weight: 9 },
        { arbitrary: fc.constantFrom(...CONTENT_TYPES), weight: 1 },
      ),
      host: sometimes(fc.constantFrom('x:99999', 'api.test', 'a b', '[::', '')),
      range: sometimes(
        fc.constantFrom('bytes=0-1', 'bytes=-5', 'bytes=9-1', 'bytes=999999-', 'lines=1', '-'),
      ),
      accept: sometimes(fc.constantFrom('application/json', 'text/html', '*/*', ';;', 'application/x+json')),
      origin: sometimes(fc.constantFrom('http://localhost:5173', 'https://evil.example', 'null')),
      ...Object.fromEntries(headerNames.map((name) => [name, sometimes(value)])),
    })
    .map(
      (headers) =>
        Object.fromEntries(Object.entries(headers).filter(([, text]) => text !== undefined)) as Record<
          string,
          string
        >,
    );
}

/** As clients do it, but for what cannot be encoded. */
function encodeLoosely(text: string): string {
  return text.replaceAll(/[^\w.~-]/gu, (character) =>
    /\p{Surrogate}/u.test(character) ? '%ed%a0%80' : encodeURIComponent(character),
  );
}
