import { createHmac } from 'node:crypto';
import jwt from '@fastify/jwt';
import fp from 'fastify-plugin';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '../auth/tokens.ts';

declare module '@fastify/jwt' {
  interface JWT {
    /** The namespace of the secret before that one. */
    previous: Pick<JWT, 'verify'>;
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What a token claims, by the secret that signs now or the one before it. @throws what the JWT library throws */
    verifyToken(token: string): unknown;
    /** What nobody can tell from a text without the secret: 32 hexadecimal digits, the same for the same text. */
    secretDigestOf(text: string): string;
  }
}

export interface TokensOptions {
  /** Signs and verifies; at least 32 characters. */
  readonly secret: string;
  /** The secret before it: verifies alone, so that a change logs nobody out. */
  readonly previousSecret?: string | undefined;
}

const verify = {
  algorithms: ['HS256' as const],
  allowedIss: TOKEN_ISSUER,
  allowedAud: TOKEN_AUDIENCE,
  requiredClaims: ['iss', 'aud', 'token_type', 'exp', 'iat', 'jti', 'user_id'],
};

/** JSON Web Tokens with one algorithm, one issuer, one audience and every claim required. */
export const tokens = fp<TokensOptions>(
  async (app, { secret, previousSecret }) => {
    const sign = { algorithm: 'HS256' as const, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE };
    app.decorate('secretDigestOf', (text: string) =>
      createHmac('sha256', secret).update(text).digest('hex').slice(0, 32),
    );
    await app.register(jwt, { secret, decoratorName: 'tokenClaims', sign, verify });
    if (previousSecret === undefined) {
      app.decorate('verifyToken', (token: string) => app.jwt.verify(token));
      return;
    }
    const namespace = 'previous';
    await app.register(jwt, { secret: previousSecret, namespace, decoratorName: 'previousClaims', verify });
    const { previous } = app.jwt;
    app.decorate('verifyToken', (token: string) => {
      try {
        return app.jwt.verify(token);
      } catch (thrown) {
        if ((thrown as { code?: string }).code !== 'FAST_JWT_INVALID_SIGNATURE') throw thrown;
        return previous.verify(token);
      }
    });
  },
  { name: 'tokens' },
);
