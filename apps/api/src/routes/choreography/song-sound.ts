import { type Database, findWaveform, type Song } from '@bachata-buddy/database';
import { findMediaTools, songSampleKey } from '@bachata-buddy/media';
import { changeGrid, WAVEFORM_VERSION } from '@bachata-buddy/music';
import { hasCode } from '@bachata-buddy/platform';
import { drawSong, ensureSample, hearSong } from '@bachata-buddy/songs';
import { ownSampleKey } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { fewAtOnce } from '../../auth/few-at-once.ts';
import { findSongAnalysis, songToHear } from '../../generate/song-analyser.ts';
import { notFound } from '../../http/http-answer.ts';
import { sendObject } from '../../http/send-object.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, detail } from '../../schemas/errors.ts';
import { SOUND_ANSWERS } from '../../schemas/media.ts';
import { SongParamsSchema, WaveformSchema } from '../../schemas/song.ts';
import { getVisibleSong, NO_SONG } from './visible-song.ts';
import { viewWaveform } from './waveform-view.ts';

const NOT_HEARD = 'Nobody has listened to this song.';
const NO_SOUND = 'The sound of this song is not in storage.';
/** What ingest makes is there; what has to be made here is one song's at a time. */
const LISTENERS = 1;
const LISTENING_DEADLINE_MS = 60_000;
/** A sample is the same for ever; a song of somebody's own is asked for anew by whoever uses the browser next. */
const SAMPLE_CACHE = { ofAll: 'private, max-age=86400', ofOne: 'private, no-cache' } as const;

/**
 * GET /api/choreography/songs/{song_id}/waveform/ and GET and HEAD of .../sample/: what a song looks like, and a part of
 * it to listen to. Songs that were brought in before there were such are listened to once.
 */
export const songSoundRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, store } = context;
  const listen = fewAtOnce(LISTENERS);

  /** @throws HttpAnswer 404 where it is not to be seen, or nobody has listened to it yet */
  async function getHeardSong(request: FastifyRequest): Promise<Song> {
    const song = await getVisibleSong(database, request);
    if (song.status !== 'ready') throw notFound(NOT_HEARD);
    return song;
  }

  app.get(
    '/api/choreography/songs/:song_id/waveform/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Get the waveform of a song, with its counts and parts',
        description: 'To be drawn under a video; all times in seconds from the start of the song.',
        params: SongParamsSchema,
        response: { 200: WaveformSchema, 404: detail(NO_SONG, NO_SOUND, NOT_HEARD), ...CLOSED },
      },
    },
    async (request) => {
      const song = await getHeardSong(request);
      // What is known waits for nobody.
      const heard =
        (await findDrawnSong(database, song)) ??
        (await listen(() => drawAfresh(song)).catch(refuseWithoutSound));
      return viewWaveform(song.id, heard);
    },
  );

  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/choreography/songs/:song_id/sample/',
    compress: false,
    schema: {
      tags: ['media'],
      summary: 'Twenty seconds of a song to listen to',
      description:
        'From its first chorus, else of its loudest part. Honours `Range` and the conditions of RFC 9110, by tag and by date.',
      params: SongParamsSchema,
      response: { ...SOUND_ANSWERS, 404: detail(NO_SONG, NO_SOUND, NOT_HEARD), ...CLOSED },
    },
    handler: async (request, reply) => {
      const song = await getHeardSong(request);
      const key = await ensureSampleOf(song).catch(refuseWithoutSound);
      const facts = await store.stat(key);
      if (facts === null) throw notFound(NO_SOUND);
      const cacheControl = song.ownerId === null ? SAMPLE_CACHE.ofAll : SAMPLE_CACHE.ofOne;
      return sendObject(request, reply, { store, key, facts, cacheControl });
    },
  });

  async function drawAfresh(song: Song) {
    const sound = await songToHear(context, song, AbortSignal.timeout(LISTENING_DEADLINE_MS));
    const analysis = await hearSong(sound);
    return { analysis: changeGrid(analysis, song.gridChange), peaks: await drawSong(sound) };
  }

  async function ensureSampleOf(song: Song): Promise<string> {
    if (song.contentHash !== null) {
      const known = song.ownerId === null ? songSampleKey(song.contentHash) : ownSampleKey(song.audioPath);
      if ((await store.stat(known)) !== null) return known;
    }
    return listen(async () => {
      const sound = await songToHear(context, song, AbortSignal.timeout(LISTENING_DEADLINE_MS));
      const analysis = await hearSong(sound);
      const workshop = { store, tools: await findMediaTools() };
      await sound.withFile((filePath) => ensureSample(workshop, { ...sound, filePath, analysis }));
      return sound.sampleKey;
    });
  }
};

/** Null where it has to be listened to first. */
async function findDrawnSong(database: Database, song: Song) {
  const analysis = await findSongAnalysis(database, song);
  if (analysis === null || song.contentHash === null) return null;
  const peaks = await findWaveform(database, song.contentHash, WAVEFORM_VERSION);
  return peaks === null ? null : { analysis, peaks };
}

function refuseWithoutSound(thrown: unknown): never {
  if (hasCode(thrown, 'GENERATE_NO_AUDIO')) throw notFound(NO_SOUND);
  throw thrown;
}
