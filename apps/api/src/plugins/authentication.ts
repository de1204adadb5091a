import { createHash, timingSafeEqual } from 'node:crypto';
import { type Caller, type CallerKey, type Database, findCaller } from '@bachata-buddy/database';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { INACTIVE_USER, NO_USER } from '../auth/sessions.ts';
import { checkToken } from '../auth/tokens.ts';
import { forbidden, type HttpAnswer, unauthorized } from '../http/http-answer.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * `open`: served without a login. `operator`: served to whoever has the operator's token, which is no login.
     * Every other route asks for a login, `instructor` for one with that role; `ticket` takes a ticket for the task in
     * its address instead, in the query, from whoever cannot send a header.
     */
    access?: 'open' | 'operator' | 'instructor' | 'ticket';
  }
  interface FastifyRequest {
    /** Who is calling; null on open routes. */
    user: Caller | null;
    /** Of the ticket that the request was let in by; null where it was by something else. */
    ticketIssuedAt: Date | null;
  }
}

const NO_CREDENTIALS = 'Authentication credentials were not provided.';

export interface AuthenticationOptions {
  readonly database: Database;
  /** Without one, nobody is an operator. */
  readonly operatorToken?: string | undefined;
}

/** Closed unless a route says `config: { access: 'open' }`. Runs before the body is read. */
export const authentication = fp<AuthenticationOptions>(
  async (app, { database, operatorToken }) => {
    app.decorateRequest('user', null);
    app.decorateRequest('ticketIssuedAt', null);
    app.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config;
      if (request.is404 || access === 'open') return;
      if (access === 'operator') {
        assertOperator(request, operatorToken);
        return;
      }
      const ticket = access === 'ticket' ? ticketOf(request) : undefined;
      request.user =
        ticket === undefined
          ? await authenticate(app, database, request)
          : await admit(app, database, request, ticket);
      if (access === 'instructor' && !request.user.isInstructor) throw forbidden();
    });
  },
  { name: 'authentication', dependencies: ['tokens'] },
);

/** The caller of a closed route. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.user === null) throw noCredentials();
  return request.user;
}

/** Takes the same time whatever the token is. */
function assertOperator(request: FastifyRequest, operatorToken: string | undefined): void {
  const token = bearerTokenOf(request);
  const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
  const isGiven = timingSafeEqual(digestOf(token), digestOf(operatorToken ?? ''));
  if (operatorToken !== undefined && isGiven) return;
  const body = { detail: NO_CREDENTIALS, code: 'token_not_valid' };
  throw unauthorized({ code: 'TOKEN_INVALID', body, problem: 'Token is invalid' });
}

/** @throws HttpAnswer 401 */
function bearerTokenOf(request: FastifyRequest): string {
  const [scheme = '', ...rest] = (request.headers.authorization ?? '').trim().split(/\s+/);
  if (scheme.toLowerCase() !== 'bearer') throw noCredentials();
  const token = rest[0];
  if (token === undefined || rest.length > 1) {
    const detail = 'Authorization header must contain two space-delimited values';
    throw unauthorized({ code: 'TOKEN_INVALID', body: { detail, code: 'bad_authorization_header' } });
  }
  return token;
}

async function authenticate(
  app: FastifyInstance,
  database: Database,
  request: FastifyRequest,
): Promise<Caller> {
  const token = bearerTokenOf(request);
  const verdict = checkToken(app, 'access', token);
  if (!verdict.isValid) throw badToken(verdict.problem);
  return findActiveCaller(database, { id: verdict.userId, familyId: verdict.familyId });
}

/** A ticket in the query, of a request without a login. */
function ticketOf(request: FastifyRequest): string | undefined {
  const { ticket } = request.query as { ticket?: string };
  return request.headers.authorization === undefined ? ticket : undefined;
}

/** Whoever has a ticket for the task that the address names. */
async function admit(
  app: FastifyInstance,
  database: Database,
  request: FastifyRequest,
  ticket: string,
): Promise<Caller> {
  const verdict = checkToken(app, 'ticket', ticket);
  if (!verdict.isValid) throw badToken(verdict.problem);
  const { task_id: taskId = '' } = request.params as { task_id?: string };
  if (verdict.taskId !== taskId.toLowerCase()) throw badToken('Token is invalid');
  request.ticketIssuedAt = verdict.issuedAt;
  return findActiveCaller(database, { id: verdict.userId, familyId: verdict.familyId });
}

async function findActiveCaller(database: Database, key: CallerKey): Promise<Caller> {
  const user = await findCaller(database, key);
  if (user === null) throw unauthorized({ code: 'TOKEN_INVALID', body: NO_USER, problem: NO_USER.detail });
  if (!user.isActive) {
    throw unauthorized({ code: 'ACCOUNT_DISABLED', body: INACTIVE_USER, problem: INACTIVE_USER.detail });
  }
  if (!user.hasSession) throw badToken('Token is invalid');
  return user;
}

/** The documented text for "missing or invalid", with what is wrong beside it. */
export function badToken(problem: string): HttpAnswer {
  const body = {
    detail: NO_CREDENTIALS,
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message: problem }],
  };
  return unauthorized({ code: 'TOKEN_INVALID', body, problem });
}

function noCredentials(): HttpAnswer {
  return unauthorized({ code: 'UNAUTHENTICATED', body: { detail: NO_CREDENTIALS } });
}
