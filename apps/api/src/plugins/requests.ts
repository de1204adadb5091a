import { STATUS_CODES } from 'node:http';
import fp from 'fastify-plugin';
import { type AnswerCode, ERROR_CODE_HEADER } from '../http/answer-codes.ts';
import { refused } from '../http/http-answer.ts';
import { REQUEST_ID_HEADER, requestIdOf } from '../http/request-id.ts';
import { accompanyRequest } from '../http/request-log.ts';

const NO_HOST = 'The Host header is missing.';
const UNMET_EXPECTATION = 417;
/** Said once: behind a proxy that is not trusted, everybody seems to come from one address and shares its limits. */
const FORWARDED = 'X-Forwarded-For is not believed: TRUSTED_PROXIES names no proxy';

export interface RequestsOptions {
  /** Whether what a proxy says of its clients is believed. */
  readonly trustsProxies: boolean;
}

/**
 * What every request gets: its id in the answer and its line in the log; and in JSON what Node.js would answer
 * without a word.
 */
export const requests = fp<RequestsOptions>(
  async (app, { trustsProxies }) => {
    let hasWarned = trustsProxies;
    app.addHook('onRequest', async (request, reply) => {
      accompanyRequest(request, reply);
      const { httpVersion, headers } = request.raw;
      if (!hasWarned && headers['x-forwarded-for'] !== undefined) {
        hasWarned = true;
        request.log.warn(FORWARDED);
      }
      // RFC 9112, section 3.2.
      if (httpVersion === '1.1' && headers.host === undefined)
        throw refused('REQUEST_INVALID', NO_HOST, { connection: 'close' });
    });
    app.server.on('checkExpectation', (request, response) => {
      const body = JSON.stringify({ detail: `${STATUS_CODES[UNMET_EXPECTATION]}.` });
      response.writeHead(UNMET_EXPECTATION, {
        'content-type': 'application/json; charset=utf-8',
        [REQUEST_ID_HEADER]: requestIdOf(request),
        [ERROR_CODE_HEADER]: 'EXPECTATION_FAILED' satisfies AnswerCode,
        connection: 'close',
      });
      response.end(body);
    });
  },
  { name: 'requests' },
);
