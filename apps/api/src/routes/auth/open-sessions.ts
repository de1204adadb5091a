import { endSession, endSessions, listOpenSessions } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addressOf } from '../../http/address.ts';
import { notFound } from '../../http/http-answer.ts';
import { paginate, parsePage, parsePageSizeStrictly } from '../../http/pagination.ts';
import { isUuid } from '../../http/path-ids.ts';
import { isTrue } from '../../http/query-string.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  MessageSchema,
  SessionEndQuerySchema,
  SessionPageSchema,
  SessionParamsSchema,
  SessionQuerySchema,
  SessionsEndedSchema,
} from '../../schemas/account.ts';
import { CLOSED, detail, invalid, NO_PAGE } from '../../schemas/errors.ts';
import { viewSession } from './session-view.ts';

const PATH = '/api/auth/sessions/';
const ENDED = 'Session ended.';
const ENDED_ALL = 'Logged out everywhere.';
const NO_SESSION = 'No Session matches the given query.';

/** GET the caller's sessions; DELETE ends one, or all. Access tokens end with their session. */
export const openSessionRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, config },
) => {
  app.get(
    PATH,
    {
      schema: {
        tags: ['auth'],
        summary: 'List where the account is logged in',
        querystring: SessionQuerySchema,
        response: {
          200: SessionPageSchema,
          400: invalid({ error: 'page_size cannot exceed 100' }),
          404: NO_PAGE,
          ...CLOSED,
        },
      },
    },
    async (request) => {
      const { id: userId, familyId } = callerOf(request);
      const pageSize = parsePageSizeStrictly(request.query.page_size);
      const page = await paginate({
        request: { page: parsePage(request.query.page), pageSize },
        url: addressOf(request, config.PUBLIC_URL),
        load: (window) => listOpenSessions(database, { userId, ...window }),
      });
      return { ...page, results: page.results.map((session) => viewSession(session, familyId)) };
    },
  );

  app.delete(
    PATH,
    {
      schema: {
        tags: ['auth'],
        summary: 'Log out everywhere',
        querystring: SessionEndQuerySchema,
        response: { 200: SessionsEndedSchema, ...CLOSED },
      },
    },
    async (request) => {
      const { id: userId, familyId } = callerOf(request);
      const kept = isTrue(request.query.keep_current) ? { exceptFamilyId: familyId } : {};
      return { message: ENDED_ALL, ended_count: await endSessions(database, userId, kept) };
    },
  );

  app.delete(
    `${PATH}:session_id/`,
    {
      schema: {
        tags: ['auth'],
        summary: 'End a session',
        params: SessionParamsSchema,
        response: { 200: MessageSchema(ENDED), 404: detail(NO_SESSION), ...CLOSED },
      },
    },
    async (request) => {
      const { session_id: sessionId } = request.params;
      if (!isUuid(sessionId)) throw notFound();
      if (!(await endSession(database, callerOf(request).id, sessionId.toLowerCase())))
        throw notFound(NO_SESSION);
      return { message: ENDED };
    },
  );
};
