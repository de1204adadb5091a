import { isUtf8 } from 'node:buffer';
import fp from 'fastify-plugin';
import { refused } from '../http/http-answer.ts';
import { isNestedDeeperThan } from '../http/json-nesting.ts';
import { coerceFields } from '../validation/coerce-fields.ts';

/** Far beyond any body that a route knows, far below what serialising could exhaust the stack with. */
const MAX_NESTING = 50;
/** RFC 8259, section 8.1. */
const NO_UTF8 = 'JSON parse error - The body is not valid UTF-8.';
const TOO_DEEP = 'JSON parse error - The body is nested too deeply.';

/**
 * JSON is the only body this service reads. An absent or empty body counts as `{}`, so that the answer names
 * the missing fields; before validation, fields are brought to their types where the meaning is plain.
 */
export const jsonBody = fp(
  async (app) => {
    app.removeAllContentTypeParsers();
    const parseJson = app.getDefaultJsonParser('ignore', 'ignore');
    app.addContentTypeParser(
      /^application\/(json|[\w.-]+\+json)\s*(;|$)/i,
      { parseAs: 'buffer' },
      (request, bytes: Buffer, done) => {
        const body = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
        if (body === undefined) done(refused('BODY_INVALID', NO_UTF8));
        else if (body.trim() === '') done(null, {});
        else if (isNestedDeeperThan(MAX_NESTING, body)) done(refused('BODY_INVALID', TOO_DEEP));
        else parseJson(request, body, done);
      },
    );
    // A body that has been compressed would be called broken JSON.
    app.addHook('onRequest', async ({ headers }) => {
      const encoding = headers['content-encoding'] ?? 'identity';
      if (encoding.trim().toLowerCase() === 'identity') return;
      const detail = `Unsupported content encoding "${encoding}" in request.`;
      throw refused('MEDIA_TYPE_UNSUPPORTED', detail, { 'accept-encoding': 'identity' });
    });
    app.addHook('preValidation', async (request) => {
      const schema = request.routeOptions.schema?.body;
      if (schema === undefined) return;
      request.body = coerceFields(schema, request.body === undefined ? {} : request.body);
    });
  },
  { name: 'json-body' },
);
