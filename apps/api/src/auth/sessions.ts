import {
  createLoginSession,
  createRefreshSession,
  type Database,
  endOldestSessions,
  findRefreshSession,
  findUserById,
  noteSessionUse,
  type RefreshSession,
  revokeRefreshFamily,
  rotateRefreshSession,
  type User,
  type VerifiedPassword,
} from '@bachata-buddy/database';
import type { FastifyInstance } from 'fastify';
import { type HttpAnswer, unauthorized } from '../http/http-answer.ts';
import { checkToken, hashToken, refreshExpiry, signAccessToken, signRefreshToken } from './tokens.ts';

/** What a token of nobody, or of somebody who may not come in, is answered. */
export const NO_USER = { detail: 'User not found', code: 'user_not_found' };
export const INACTIVE_USER = { detail: 'User is inactive', code: 'user_inactive' };

const MAX_USER_AGENT_LENGTH = 300;
/** How far apart those are that ask at once: a page that slept, a slow line. */
const ROTATION_GRACE_SEC = 10;
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

interface Client {
  /** What it calls itself. */
  readonly userAgent?: string | undefined;
}

/**
 * A session that begins: an access token, and a refresh token whose hash is kept so that it can be revoked. Where the account has too
 * many sessions its oldest end.
 */
export async function openSession(
  context: SessionContext,
  user: User,
  { userAgent }: Client = {},
): Promise<TokenPair> {
  const { refresh, session } = newSession(context, user, userAgent);
  return tokensOf(context, refresh, await createRefreshSession(context.database, session));
}

/** As {@link openSession}, by a password; null where that is no longer the account's, and nothing was opened. */
export async function openLoginSession(
  context: SessionContext,
  user: User,
  { userAgent, ...password }: Client & VerifiedPassword,
): Promise<TokenPair | null> {
  const { refresh, session } = newSession(context, user, userAgent);
  const opened = await createLoginSession(context.database, session, password);
  return opened === null ? null : tokensOf(context, refresh, opened);
}

function newSession({ app }: SessionContext, { id: userId }: User, userAgent: string | undefined) {
  const expiresAt = refreshExpiry();
  const refresh = signRefreshToken(app, { userId, expiresAt });
  const session = {
    userId,
    tokenHash: hashToken(refresh),
    expiresAt,
    userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
  };
  return { refresh, session };
}

async function tokensOf(
  { app, database }: SessionContext,
  refresh: string,
  { userId, familyId }: RefreshSession,
): Promise<TokenPair> {
  await endOldestSessions(database, userId, MAX_OPEN_SESSIONS);
  return { access: signAccessToken(app, userId, familyId), refresh };
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
  if (session.revokedAt !== null && !rotate) throw refusal('Token is blacklisted');
  if (session.expiresAt.getTime() <= Date.now()) throw refusal('Token is expired');
  const user = await findUserById(database, verdict.userId);
  if (user === null) throw unauthorized({ code: 'TOKEN_INVALID', body: NO_USER });
  if (!user.isActive) throw unauthorized({ code: 'ACCOUNT_DISABLED', body: INACTIVE_USER });
  const next = rotate ? await rotateSession(context, refresh, session) : refresh;
  if (!rotate) await noteSessionUse(database, session.tokenHash);
  return { access: signAccessToken(app, user.id, session.familyId), refresh: next };
}

/**
 * The refresh token that takes the place of one. Pages of one browser may ask at the same time with the same token: who
 * comes within some seconds gets the very token that the first got. So there is one chain of tokens whoever holds them,
 * and a stolen one is found out as before, by the second use of what has been used.
 */
async function rotateSession(
  { app, database }: SessionContext,
  refresh: string,
  session: RefreshSession,
): Promise<string> {
  const { userId, familyId, userAgent } = session;
  // Told from the token that it replaces, so that it need not be kept for those who come second.
  const jti = app.secretDigestOf(`successor of ${refresh}`);
  const expiresAt = refreshExpiry();
  const token = signRefreshToken(app, { userId, jti, expiresAt });
  const successor = {
    userId,
    familyId,
    userAgent,
    expiresAt,
    tokenHash: hashToken(token),
    usedAt: new Date(),
  };
  const rotation = await rotateRefreshSession(database, session.tokenHash, {
    successor,
    graceSec: ROTATION_GRACE_SEC,
  });
  if (rotation.outcome === 'rotated') return token;
  if (rotation.outcome === 'replaced') {
    const theirs = signRefreshToken(app, { userId, jti, expiresAt: rotation.successor.expiresAt });
    // Else the secret has just been changed.
    if (hashToken(theirs) === rotation.successor.tokenHash) return theirs;
  } else await revokeRefreshFamily(database, familyId);
  throw refusal('Token is blacklisted');
}

/**
 * Ends the login that a refresh token is of, also where rotation has just replaced it; one that has ended already stays
 * so. @throws HttpAnswer 401
 */
export async function closeSession({ app, database }: SessionContext, refresh: string): Promise<void> {
  const verdict = checkToken(app, 'refresh', refresh);
  if (!verdict.isValid) throw refusal(verdict.problem);
  const session = await findRefreshSession(database, hashToken(refresh));
  if (session !== null) await revokeRefreshFamily(database, session.familyId);
}

function refusal(detail: string): HttpAnswer {
  return unauthorized({ code: 'TOKEN_INVALID', body: { detail, code: 'token_not_valid' }, problem: detail });
}
