import jwt from '@fastify/jwt';
import fp from 'fastify-plugin';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '../auth/tokens.ts';

export interface TokensOptions {
  /** At least 32 characters. */
  readonly secret: string;
}

/** JSON Web Tokens with one algorithm, one issuer, one audience and every claim required. */
export const tokens = fp<TokensOptions>(
  async (app, { secret }) => {
    await app.register(jwt, {
      secret,
      decoratorName: 'tokenClaims',
      sign: { algorithm: 'HS256', iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE },
      verify: {
        algorithms: ['HS256'],
        allowedIss: TOKEN_ISSUER,
        allowedAud: TOKEN_AUDIENCE,
        requiredClaims: ['token_type', 'exp', 'iat', 'jti', 'user_id'],
      },
    });
  },
  { name: 'tokens' },
);
