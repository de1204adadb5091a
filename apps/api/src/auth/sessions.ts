import {
  createRefreshSession,
  type Database,
  endOldestSessions,
  findRefreshSession,
  findUserById,
  revokeRefreshFamily,
  revokeRefreshSession,
  type User,
} from '@bachata-buddy/database';
import type { FastifyInstance } from 'fastify';
import { type HttpAnswer, unauthorized } from '../http/http-answer.ts';
import { checkToken, hashToken, REFRESH_LIFETIME_SEC, signToken } from './tokens.ts';

/** What a token of nobody, or of somebody who may not come in, is answered. */
export const NO_USER = { detail: 'User not found', code: 'user_not_found' };
export const INACTIVE_USER = { detail: 'User is inactive', code: 'user_inactive' };

const MAX_USER_AGENT_LENGTH = 300;
/** Of one account: more devices than anybody uses. */
const MAX_OPEN_SESSIONS = 20;

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
}

export interface SessionContext {
  readonly app: FastifyInstance;
  readonly database: Database;
}

/**
 * A login: an access token, and a refresh token whose hash is kept so that it can be revoked. Where the account has too
 * many sessions its oldest end.
 */
export async function openSession(
  { app, database }: SessionContext,
  user: User,
  { userAgent, familyId }: { userAgent?: string | undefined; familyId?: string } = {},
): Promise<TokenPair> {
  const refresh = signToken(app, 'refresh', user.id);
  await createRefreshSession(database, {
    userId: user.id,
    tokenHash: hashToken(refresh),
    expiresAt: new Date(Date.now() + REFRESH_LIFETIME_SEC * 1000),
    userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
    ...(familyId === undefined ? {} : { familyId }),
  });
  await endOldestSessions(database, user.id, MAX_OPEN_SESSIONS);
  return { access: signToken(app, 'access', user.id), refresh };
}

/**
 * A new access token for a refresh token. Without rotation the refresh token stays what it was; with rotation it
 * is replaced, and using one a second time ends the whole family of sessions.
 *
 * @throws HttpAnswer 401
 */
export async function refreshSession(
  context: SessionContext,
  refresh: string,
  { rotate }: { rotate: boolean },
): Promise<TokenPair> {
  const { app, database } = context;
  const verdict = checkToken(app, 'refresh', refresh);
  if (!verdict.isValid) throw refusal(verdict.problem);
  const session = await findRefreshSession(database, hashToken(refresh));
  if (session === null || session.userId !== verdict.userId) throw refusal('Token is invalid');
  const isLost =
    session.revokedAt !== null || (rotate && !(await revokeRefreshSession(database, hashToken(refresh))));
  if (isLost) {
    if (rotate) await revokeRefreshFamily(database, session.familyId);
    throw refusal('Token is blacklisted');
  }
  if (session.expiresAt.getTime() <= Date.now()) throw refusal('Token is expired');
  const user = await findUserById(database, verdict.userId);
  if (user === null) throw unauthorized({ code: 'TOKEN_INVALID', body: NO_USER });
  if (!user.isActive) throw unauthorized({ code: 'ACCOUNT_DISABLED', body: INACTIVE_USER });
  return rotate
    ? openSession(context, user, { userAgent: session.userAgent ?? undefined, familyId: session.familyId })
    : { access: signToken(app, 'access', user.id), refresh };
}

/** Ends the session of a refresh token; one that has ended already stays so. @throws HttpAnswer 401 */
export async function closeSession({ app, database }: SessionContext, refresh: string): Promise<void> {
  const verdict = checkToken(app, 'refresh', refresh);
  if (!verdict.isValid) throw refusal(verdict.problem);
  await revokeRefreshSession(database, hashToken(refresh));
}

function refusal(detail: string): HttpAnswer {
  return unauthorized({ code: 'TOKEN_INVALID', body: { detail, code: 'token_not_valid' }, problem: detail });
}
