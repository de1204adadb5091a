import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { addOwnSong, type Song } from '@bachata-buddy/database';
import { contentTypeOf, wordsOfSong } from '@bachata-buddy/songs';
import { ownSongKey } from '@bachata-buddy/vocabulary';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { invalidFields } from '../../http/http-answer.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, detail, invalid } from '../../schemas/errors.ts';
import { OwnSongSchema, SongDetailSchema } from '../../schemas/song.ts';
import { checkSong, type SongFacts } from '../../songs/check-song.ts';
import { readUploadForm, refuseJsonForm, type UploadForm } from '../../uploads/read-upload-form.ts';
import { QUOTA_EXAMPLE, takeQuota } from '../../uploads/upload-quota.ts';
import { NO_UPLOAD_ROOM, withUploadRoom } from '../../uploads/upload-room.ts';
import { withStoredUpload } from '../../uploads/with-stored-video.ts';
import { viewSongDetail } from './song-view.ts';

const FILE_FIELD = 'file';
const NO_RIGHTS = 'Say that you may use this song.';

/** POST /api/choreography/songs/: a song of the caller's own, which nobody else sees. */
export const bringSongRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { config, database, store, uploadRoom } = context;
  // In this scope alone: no other route takes a form.
  await app.register(multipart, { throwFileSizeLimit: false });

  app.post(
    '/api/choreography/songs/',
    {
      config: { body: 'upload' },
      attachValidation: true,
      schema: {
        tags: ['choreography'],
        summary: 'Bring a song of your own',
        description:
          'Recognised by its content, up to 15 minutes, and seen by nobody else. It is `analysing` until it has been ' +
          'listened to, some seconds later; then `ready` to be danced to, or `failed`. It counts among your own videos: ' +
          '`X-Uploads-Used-Bytes` and `X-Uploads-Quota-Bytes` tell what they take, of how much.',
        body: { content: { 'multipart/form-data': { schema: OwnSongSchema } } },
        response: {
          201: SongDetailSchema,
          400: invalid({ file: ['No file was submitted.'] }, { rights: [NO_RIGHTS] }),
          413: detail('The request body is too large.', 'The form has too many parts.', QUOTA_EXAMPLE),
          429: detail('Request was throttled. Expected available in 1800 seconds.'),
          503: detail(NO_UPLOAD_ROOM),
          ...CLOSED,
        },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) refuseJsonForm(request, OwnSongSchema, FILE_FIELD);
      const song = await withUploadRoom(uploadRoom, async (directory, reserve) => {
        const form = await readUploadForm({
          ...{ context, request, reply, reserve },
          schema: OwnSongSchema,
          fileField: FILE_FIELD,
          path: join(directory, 'song'),
          check: checkSong,
        });
        if (!form.fields.rights) throw invalidFields({ rights: [NO_RIGHTS] });
        return keepSong(request, reply, form);
      });
      app.songListener.listen(song);
      return reply.code(201).send(viewSongDetail(song, null));
    },
  );

  /** In storage, within what the caller's own may take, and in the catalogue. @throws HttpAnswer 413 */
  async function keepSong(
    request: FastifyRequest,
    reply: FastifyReply,
    { fields, file }: UploadForm<SongFacts, typeof OwnSongSchema>,
  ): Promise<Song> {
    if (file === null) throw new Error('The schema lets no form without a song pass');
    const { ending, durationSec, tags, contentHash, recordingHash } = file.facts;
    const ownerId = callerOf(request).id;
    const words = wordsOfSong({ ...tags, ...saidIn(fields) }, file.name);
    const quota = { userId: ownerId, sizeBytes: file.sizeBytes, quotaBytes: config.UPLOAD_QUOTA_MB * 1e6 };
    const song = await withStoredUpload({
      ...{ store, database, filePath: file.path },
      key: ownSongKey(randomUUID(), ending),
      contentType: contentTypeOf(ending),
      reserve: (key) => takeQuota({ database, reply }, { key, ...quota }),
      record: (audioPath) =>
        addOwnSong(database, { ...words, ownerId, durationSec, audioPath, contentHash, recordingHash }),
    });
    if (song === null) throw new Error('A new song is always there');
    return song;
  }
};

function saidIn({ title, artist }: Static<typeof OwnSongSchema>): Record<string, string> {
  return { ...(title === undefined ? {} : { title }), ...(artist === undefined ? {} : { artist }) };
}
