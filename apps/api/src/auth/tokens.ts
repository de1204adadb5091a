import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isUuid } from '../http/path-ids.ts';

const ACCESS_LIFETIME_SEC = 60 * 60;
const REFRESH_LIFETIME_SEC = 7 * 24 * 60 * 60;
export const TOKEN_ISSUER = 'bachata-buddy';
export const TOKEN_AUDIENCE = 'bachata-buddy-api';

export type TokenType = 'access' | 'refresh';

/** Claims of both tokens; `user_id` is text, as existing clients expect it. */
export interface TokenClaims {
  readonly token_type: TokenType;
  readonly jti: string;
  readonly user_id: string;
  /** Of an access token: the family of the login's sessions, with which the token ends. */
  readonly sid?: string;
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
  | { readonly isValid: true; readonly userId: number; readonly familyId: string | null }
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

function lifetimeSecOf(tokenType: TokenType): number {
  return tokenType === 'access' ? ACCESS_LIFETIME_SEC : REFRESH_LIFETIME_SEC;
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
  if (claims.token_type !== 'access' && claims.token_type !== 'refresh') {
    return { isValid: false, problem: 'Token is invalid' };
  }
  if (claims.token_type !== tokenType) return { isValid: false, problem: 'Token has wrong type' };
  const userId = /^\d{1,15}$/.test(String(claims.user_id)) ? Number(claims.user_id) : Number.NaN;
  const isWhole =
    typeof claims.user_id === 'string' &&
    typeof claims.jti === 'string' &&
    (claims.sid === undefined || isUuid(claims.sid)) &&
    Number.isInteger(userId) &&
    isOfOurMaking(claims, tokenType);
  return isWhole
    ? { isValid: true, userId, familyId: claims.sid ?? null }
    : { isValid: false, problem: 'Token is invalid' };
}

/** A token that lives longer than ours do was not made by this service, whoever has its secret. */
function isOfOurMaking(
  { iat = Number.NaN, exp = Number.NaN }: Partial<SignedClaims>,
  type: TokenType,
): boolean {
  const nowSec = Date.now() / 1_000;
  return exp - iat <= lifetimeSecOf(type) && iat <= nowSec + CLOCK_SKEW_SEC;
}

/** What the database keeps of a refresh token. The token is random enough that a plain hash cannot be reversed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
