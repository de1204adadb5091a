import { findSong, type Song } from '@bachata-buddy/database';
import { findMediaTools, songSampleKey } from '@bachata-buddy/media';
import { changeGrid } from '@bachata-buddy/music';
import { hasCode } from '@bachata-buddy/platform';
import { drawSong, ensureSample, hearSong } from '@bachata-buddy/songs';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { fewAtOnce } from '../../auth/few-at-once.ts';
import { songToHear } from '../../generate/song-analyser.ts';
import { notFound } from '../../http/http-answer.ts';
import { parseRowId } from '../../http/path-ids.ts';
import { sendObject } from '../../http/send-object.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, detail } from '../../schemas/errors.ts';
import { SOUND_ANSWERS } from '../../schemas/media.ts';
import { WaveformSchema } from '../../schemas/song.ts';
import { viewWaveform } from './waveform-view.ts';

const NO_SONG = 'No Song matches the given query.';
const NO_SOUND = 'The sound of this song is not in storage.';
/** What ingest makes is there; what has to be made here is one song's at a time. */
const LISTENERS = 1;
const LISTENING_DEADLINE_MS = 60_000;
/** A sample is the same for ever; the song may be gone. */
const SAMPLE_CACHE = 'private, max-age=86400';

const SongParamsSchema = Type.Object({ song_id: Type.String() });

/**
 * GET /api/choreography/songs/{song_id}/waveform/ and GET and HEAD of .../sample/: what a song looks like, and a part of
 * it to listen to. Songs that were brought in before there were such are listened to once.
 */
export const songSoundRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, store } = context;
  const listen = fewAtOnce(LISTENERS);

  async function getSong(text: string): Promise<Song> {
    const song = await findSong(database, parseRowId(text, 'Song'));
    if (song === null) throw notFound(NO_SONG);
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
        response: { 200: WaveformSchema, 404: detail(NO_SONG, NO_SOUND), ...CLOSED },
      },
    },
    async (request) => {
      const song = await getSong(request.params.song_id);
      const heard = await listen(async () => {
        const sound = await songToHear(context, song, AbortSignal.timeout(LISTENING_DEADLINE_MS));
        return { analysis: await hearSong(sound), peaks: await drawSong(sound) };
      }).catch(refuseWithoutSound);
      return viewWaveform(song.id, { ...heard, analysis: changeGrid(heard.analysis, song.gridChange) });
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
      response: { ...SOUND_ANSWERS, 404: detail(NO_SONG, NO_SOUND), ...CLOSED },
    },
    handler: async (request, reply) => {
      const song = await getSong(request.params.song_id);
      const key = await ensureSampleOf(song).catch(refuseWithoutSound);
      const facts = await store.stat(key);
      if (facts === null) throw notFound(NO_SOUND);
      return sendObject(request, reply, { store, key, facts, cacheControl: SAMPLE_CACHE });
    },
  });

  async function ensureSampleOf(song: Song): Promise<string> {
    if (song.contentHash !== null) {
      const key = songSampleKey(song.contentHash);
      if ((await store.stat(key)) !== null) return key;
    }
    return listen(async () => {
      const sound = await songToHear(context, song, AbortSignal.timeout(LISTENING_DEADLINE_MS));
      const { contentHash, signal, withFile } = sound;
      const analysis = await hearSong(sound);
      const workshop = { store, tools: await findMediaTools() };
      await withFile((filePath) => ensureSample(workshop, { filePath, contentHash, analysis, signal }));
      return songSampleKey(contentHash);
    });
  }
};

function refuseWithoutSound(thrown: unknown): never {
  if (hasCode(thrown, 'GENERATE_NO_AUDIO')) throw notFound(NO_SOUND);
  throw thrown;
}
