import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isUuid } from '../http/path-ids.ts';

const ACCESS_LIFETIME_SEC = 60 * 60;
const REFRESH_LIFETIME_SEC = 7 * 24 * 60 * 60;
export const TOKEN_ISSUER = 'bachata-buddy';
export const TOKEN_AUDIENCE = 'bachata-buddy-api';

const LIFETIMES_SEC = {
  access: ACCESS_LIFETIME_SEC,
  refresh: REFRESH_LIFETIME_SEC,
  // No longer than a login may go on; it ends before that, with its task.
  ticket: REFRESH_LIFETIME_SEC,
} as const;
export type TokenType = keyof typeof LIFETIMES_SEC;

/** Claims of all tokens; `user_id` is text, as existing clients expect it. */
export interface TokenClaims {
  readonly token_type: TokenType;
  readonly jti: string;
  readonly user_id: string;
  /** Of access tokens and tickets: the family of the login's sessions, with which they end. */
  readonly sid?: string;
  /** Of a ticket: the task that it is for. */
  readonly task_id?: string;
}

/** What this service's own signing adds, in seconds since the epoch. */
interface SignedClaims extends TokenClaims {
  readonly iat: number;
  readonly exp: number;
}

/** Clocks of instances differ. */
const CLOCK_SKEW_SEC = 60;

/** What is wrong with a token, in the words that existing clients know. */
export type TokenProblem = 'Token is invalid' | 'Token is expired' | 'Token has wrong type';

export type TokenVerdict =
  | {
      readonly isValid: true;
      readonly userId: number;
      readonly familyId: string | null;
      /** Null but for a ticket. */
      readonly taskId: string | null;
      readonly issuedAt: Date;
    }
  | { readonly isValid: false; readonly problem: TokenProblem };

/** A signed access token for a user: HS256, with `exp`, `iat`, `iss` and `aud`. */
export function signAccessToken(app: FastifyInstance, userId: number, familyId?: string): string {
  const claims: TokenClaims = {
    token_type: 'access',
    jti: randomBytes(16).toString('hex'),
    user_id: String(userId),
    ...(familyId === undefined ? {} : { sid: familyId }),
  };
  return app.jwt.sign(claims, { expiresIn: ACCESS_LIFETIME_SEC });
}

export interface TicketFacts {
  readonly userId: number;
  readonly taskId: string;
  /** Of the login that it is given to, where that is known. */
  readonly familyId: string | null;
}

/** A signed ticket: lets whoever has it follow one task, and nothing else. */
export function signTicket(app: FastifyInstance, { userId, taskId, familyId }: TicketFacts): string {
  const claims: TokenClaims = {
    token_type: 'ticket',
    jti: randomBytes(16).toString('hex'),
    user_id: String(userId),
    task_id: taskId,
    ...(familyId === null ? {} : { sid: familyId }),
  };
  return app.jwt.sign(claims, { expiresIn: LIFETIMES_SEC.ticket });
}

export interface RefreshTokenFacts {
  readonly userId: number;
  /** 32 hexadecimal digits; default: random ones. */
  readonly jti?: string;
  /** Of a whole second. */
  readonly expiresAt: Date;
}

/** A signed refresh token: the same for the same facts, if they name its `jti`. */
export function signRefreshToken(
  app: FastifyInstance,
  { userId, expiresAt, jti = randomBytes(16).toString('hex') }: RefreshTokenFacts,
): string {
  const claims: TokenClaims = { token_type: 'refresh', jti, user_id: String(userId) };
  const iat = expiresAt.getTime() / 1_000 - REFRESH_LIFETIME_SEC;
  return app.jwt.sign({ ...claims, iat }, { expiresIn: REFRESH_LIFETIME_SEC });
}

/** When a refresh token of now ends: of a whole second, as its claims are. */
export function refreshExpiry(): Date {
  return new Date((Math.floor(Date.now() / 1_000) + REFRESH_LIFETIME_SEC) * 1_000);
}

/** Checks signature, algorithm, issuer, audience, age, type and the claims themselves. */
export function checkToken(app: FastifyInstance, tokenType: TokenType, token: string): TokenVerdict {
  let claims: Partial<SignedClaims>;
  try {
    claims = app.verifyToken(token) as Partial<SignedClaims>;
  } catch (thrown) {
    // Any other failure of verification means the same to a caller: not one of our tokens.
    const isExpired = (thrown as { code?: string }).code === 'FAST_JWT_EXPIRED';
    return { isValid: false, problem: isExpired ? 'Token is expired' : 'Token is invalid' };
  }
  if (!Object.hasOwn(LIFETIMES_SEC, String(claims.token_type))) {
    return { isValid: false, problem: 'Token is invalid' };
  }
  if (claims.token_type !== tokenType) return { isValid: false, problem: 'Token has wrong type' };
  const userId = /^\d{1,15}$/.test(String(claims.user_id)) ? Number(claims.user_id) : Number.NaN;
  const isWhole =
    typeof claims.user_id === 'string' &&
    typeof claims.jti === 'string' &&
    (claims.sid === undefined || isUuid(claims.sid)) &&
    (tokenType !== 'ticket' || isUuid(String(claims.task_id))) &&
    Number.isInteger(userId) &&
    isOfOurMaking(claims, tokenType);
  if (!isWhole) return { isValid: false, problem: 'Token is invalid' };
  const issuedAt = new Date((claims.iat ?? 0) * 1_000);
  return { isValid: true, userId, familyId: claims.sid ?? null, taskId: claims.task_id ?? null, issuedAt };
}

/** A token that lives longer than ours do was not made by this service, whoever has its secret. */
function isOfOurMaking(
  { iat = Number.NaN, exp = Number.NaN }: Partial<SignedClaims>,
  type: TokenType,
): boolean {
  const nowSec = Date.now() / 1_000;
  return exp - iat <= LIFETIMES_SEC[type] && iat <= nowSec + CLOCK_SKEW_SEC;
}

/** What the database keeps of a refresh token. The token is random enough that a plain hash cannot be reversed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
