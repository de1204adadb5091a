import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { contentSecurityPolicy } from '../studio/content-security-policy.ts';
import { isPageWanted } from '../studio/is-page-wanted.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers a request for an address that nobody serves with the page, where that is what is wanted. @returns whether it did */
    sendStudio: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
  }
}

export interface StudioOptions {
  /** The folder of the built page; undefined: none is served. */
  readonly directory: string | undefined;
  /** Origins, beside this one, from which it gets videos and pictures. */
  readonly mediaOrigins: readonly string[];
}

const A_YEAR = '365d';

/**
 * The page at `/`. The files that it is made of have hashes of their content for names, and are the same for ever; the
 * page itself is asked for anew each time. It answers every address that the service does not know, for the page has
 * addresses of its own.
 */
export const studio = fp<StudioOptions>(
  async (app, { directory, mediaOrigins }) => {
    if (directory === undefined) {
      app.decorate('sendStudio', async () => false);
      return;
    }
    const policy = contentSecurityPolicy(mediaOrigins);
    app.decorate('sendStudio', async (request, reply) => {
      if (!isPageWanted(request)) return false;
      const page = await readPage(directory);
      if (page === null) return false;
      void reply
        .headers({
          'content-security-policy': policy,
          'cache-control': 'no-cache',
          'permissions-policy': 'camera=(), microphone=(), geolocation=()',
          vary: 'Accept',
        })
        .type('text/html; charset=utf-8')
        .send(page);
      // Not the reply: whoever waits for one gets nothing, once it is sent.
      return true;
    });
    await app.register(files, { directory });
  },
  { name: 'studio' },
);

/** In a scope of its own, so that its routes alone are opened. */
async function files(app: FastifyInstance, { directory }: { readonly directory: string }): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'open' };
  });
  await app.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: A_YEAR,
    decorateReply: false,
    // Beside its files lie what they are in Brotli; for who does not take that they are compressed as any answer is.
    preCompressed: true,
    dotfiles: 'ignore',
    index: false,
  });
}

/** Read each time, for a page that is built while it is served; null where there is none yet. */
async function readPage(directory: string): Promise<Buffer | null> {
  try {
    return await readFile(join(directory, 'index.html'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
