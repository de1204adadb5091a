import {
  boundedMoves,
  type ChoreographyRequest,
  deriveSeed,
  readSaidMoves,
} from '@bachata-buddy/choreography';
import { type Database, findSong, type Song } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { nextSeed } from '../../generate/next-seed.ts';
import { withStandingRefusals } from '../../generate/standing-refusals.ts';
import { type BegunGeneration, startGeneration } from '../../generate/start-generation.ts';
import { readWishes, type Wished } from '../../generate/wishes-document.ts';
import { type FieldErrors, invalidFields } from '../../http/http-answer.ts';
import { MAX_ROW_ID } from '../../http/path-ids.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  DEFAULT_STYLE,
  type FromSongBody,
  FromSongSchema,
  GENERATION_REFUSALS,
  GenerationHeadersSchema,
  StartedSchema,
} from '../../schemas/generation.ts';
import type { WishesDocument } from '../../schemas/wishes.ts';
import { findFieldErrors } from '../../validation/request-errors.ts';
import { answerGeneration } from './answer-generation.ts';
import { viewStarted } from './started-view.ts';

/** POST /api/choreography/generate-from-song */
export const generateFromSongRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  app.post(
    '/api/choreography/generate-from-song',
    {
      attachValidation: true,
      schema: {
        tags: ['choreography'],
        summary: 'Generate choreography from a song (Path 1)',
        body: FromSongSchema,
        headers: GenerationHeadersSchema,
        response: { 202: StartedSchema, ...GENERATION_REFUSALS },
      },
    },
    async (request, reply) => {
      const userId = callerOf(request).id;
      const work = async (begun: BegunGeneration) => {
        const song = await getSong(context.database, {
          userId,
          body: request.body,
          errors: findFieldErrors(request),
        });
        return startGeneration(
          { ...context, launches: app.launches },
          {
            ...begun,
            userId,
            song,
            request: await requestOf(context.database, request.body, { userId, song }),
            kind: 'song',
            answerOf: (taskId) => ({ status: 202, body: viewStarted(taskId, song) }),
          },
        );
      };
      const route = 'generate-from-song';
      return answerGeneration({ app, context, request, reply, work, kind: 'song', route });
    },
  );
};

/** The song, once nothing is wrong with the body; an unknown song is told together with the rest. */
async function getSong(
  database: Database,
  {
    userId,
    body,
    errors,
  }: {
    readonly userId: number;
    readonly body: Partial<FromSongBody> | null;
    readonly errors: FieldErrors;
  },
): Promise<Song> {
  const songId: unknown = body?.song_id;
  const isRowId = Number.isInteger(songId) && Number(songId) >= 1 && Number(songId) <= MAX_ROW_ID;
  const song = isRowId ? await findSong(database, Number(songId), { userId }) : null;
  if (Number.isInteger(songId) && song === null) {
    throw invalidFields({ song_id: [`Song with id ${songId} does not exist.`], ...errors });
  }
  const unheard = song === null ? undefined : whyNotDanced(song);
  if (unheard !== undefined) throw invalidFields({ song_id: [unheard], ...errors });
  if (song === null || Object.keys(errors).length > 0) throw invalidFields(errors);
  return song;
}

function whyNotDanced({ status, failure }: Song): string | undefined {
  if (status === 'ready') return undefined;
  if (status === 'analysing') return 'This song is still being listened to. Try again in a moment.';
  return `This song cannot be danced to. ${failure ?? ''}`.trim();
}

async function requestOf(
  database: Database,
  body: FromSongBody,
  asked: { readonly userId: number; readonly song: Song },
): Promise<ChoreographyRequest> {
  const wish = {
    difficulty: body.difficulty,
    energyLevel: body.energy_level,
    style: body.style,
    // Forms send the default whether or not their user chose it.
    ...(body.style === DEFAULT_STYLE ? {} : { isStyleAsked: true }),
    specialRequirements: body.special_requirements ?? [],
    ...(body.tempo === undefined ? {} : { tempo: body.tempo }),
    ...(body.wishes === undefined ? {} : wishesOf(body.wishes, body.special_requirements)),
  };
  const firstSeed = deriveSeed(wish, asked.song.id);
  const seed = body.seed ?? (await nextSeed(database, { ...asked, firstSeed }));
  return withStandingRefusals(database, { ...wish, seed }, asked.userId);
}

/** What free wishes say of moves is said beside the list of moves. */
function wishesOf(document: WishesDocument, specialRequirements: readonly string[] = []): Wished {
  const { moves, ...wished } = readWishes(document);
  const free = readSaidMoves({ specialRequirements });
  return {
    ...wished,
    moves: boundedMoves({
      wanted: [...(moves?.wanted ?? []), ...free.wanted],
      refused: [...new Set([...(moves?.refused ?? []), ...free.refused])],
      only: [...(moves?.only ?? []), ...free.only],
    }),
  };
}
