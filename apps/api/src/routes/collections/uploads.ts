import {
  type ChoreographyPatch,
  createSavedChoreography,
  findSavedChoreography,
  updateSavedChoreography,
} from '@bachata-buddy/database';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  CollectionItemSchema,
  CollectionParamsSchema,
  CollectionPatchSchema,
  CollectionPatchUploadSchema,
  CollectionUploadSchema,
} from '../../schemas/collection.ts';
import { CLOSED, detail, invalid } from '../../schemas/errors.ts';
import { refuseJsonForm } from '../../uploads/read-upload-form.ts';
import { QUOTA_EXAMPLE, takeQuota } from '../../uploads/upload-quota.ts';
import { NO_UPLOAD_ROOM, withUploadRoom } from '../../uploads/upload-room.ts';
import { withStoredVideo } from '../../uploads/with-stored-video.ts';
import { checkFields, FILE_FIELD, readItemForm } from './item-form.ts';
import { NO_ITEM, noSuchItem, parseItemId } from './item-id.ts';
import { viewItem } from './item-view.ts';

/** What a client says of the length counts up to here: players round. */
const TOLERANCE_SEC = 1;

const UPLOAD_ANSWERS = {
  400: invalid(
    { video_path: ['No file was submitted.'] },
    { title: ['This field may not be blank.'], difficulty: ['"expert" is not a valid choice.'] },
  ),
  413: detail('The request body is too large.', 'The form has too many parts.', QUOTA_EXAMPLE),
  429: detail('Request was throttled. Expected available in 1800 seconds.'),
  503: detail(NO_UPLOAD_ROOM),
  ...CLOSED,
};

/** POST an item with a video of one's own; PUT changes an item, and its video where one comes. */
export const collectionUploadRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, playback, uploadRoom } = context;
  // In this scope alone: no other route takes a form.
  await app.register(multipart, { throwFileSizeLimit: false });

  app.post(
    '/api/collections/',
    {
      config: { body: 'upload' },
      attachValidation: true,
      schema: {
        tags: ['collections'],
        summary: 'Add a video of your own to the collection',
        description:
          'An mp4 video, recognised by its content. Where `duration` is more than a second off, that of the video counts. `X-Uploads-Used-Bytes` and `X-Uploads-Quota-Bytes` tell what the user’s own videos take, of how much.',
        body: { content: { 'multipart/form-data': { schema: CollectionUploadSchema } } },
        response: { 201: CollectionItemSchema, ...UPLOAD_ANSWERS },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) refuseJsonForm(request, CollectionUploadSchema, FILE_FIELD);
      const created = await withUploadRoom(uploadRoom, async (directory, reserve) => {
        const schema = CollectionUploadSchema;
        const { fields, video } = await readItemForm({ context, request, reply, schema, directory, reserve });
        if (video === null) throw new Error('The schema lets no form without a video pass');
        return storeVideo({ context, request, reply }, video, (videoPath) =>
          createSavedChoreography(database, {
            userId: callerOf(request).id,
            videoPath,
            ...columnsOf(fields),
            title: fields.title,
            difficulty: fields.difficulty,
            durationSec: lengthOf(fields.duration, video.durationSec),
          }),
        );
      });
      if (created === null) throw new Error('A new item is always there');
      return reply.code(201).send(await viewItem(created, playback));
    },
  );

  app.put(
    '/api/collections/:id/',
    {
      config: { body: 'upload' },
      attachValidation: true,
      schema: {
        tags: ['collections'],
        summary: 'Change an item of the collection',
        description:
          'What is absent stays as it is. A form may bring another video; the one before is removed some hours later.',
        params: CollectionParamsSchema,
        body: {
          content: {
            'application/json': { schema: CollectionPatchSchema },
            'multipart/form-data': { schema: CollectionPatchUploadSchema },
          },
        },
        response: { 200: CollectionItemSchema, 404: detail(NO_ITEM), ...UPLOAD_ANSWERS },
      },
    },
    async (request, reply) => {
      const id = parseItemId((request.params as Static<typeof CollectionParamsSchema>).id);
      const item = request.isMultipart()
        ? await changeByForm({ context, request, reply }, id)
        : await updateSavedChoreography(
            database,
            id,
            callerOf(request).id,
            columnsOf(checkFields(request, CollectionPatchSchema)),
          );
      if (item === null) throw noSuchItem();
      return viewItem(item, playback);
    },
  );
};

interface Exchange {
  readonly context: RouteContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Within what the caller's videos may take. @throws HttpAnswer 413 */
function storeVideo<T>(
  { context: { config, database, store }, request, reply }: Exchange,
  { path, sizeBytes }: { readonly path: string; readonly sizeBytes: number },
  record: (key: string) => Promise<T | null>,
): Promise<T | null> {
  const quotaBytes = config.UPLOAD_QUOTA_MB * 1e6;
  const reserve = (key: string): Promise<void> =>
    takeQuota({ database, reply }, { key, userId: callerOf(request).id, sizeBytes, quotaBytes });
  return withStoredVideo({ store, database, filePath: path, reserve, record });
}

/** Null where the caller has no such item: then nothing is received. */
async function changeByForm({ context, request, reply }: Exchange, id: string) {
  const { database } = context;
  const userId = callerOf(request).id;
  if ((await findSavedChoreography(database, id, userId)) === null) return null;
  return withUploadRoom(context.uploadRoom, async (directory, reserve) => {
    const schema = CollectionPatchUploadSchema;
    const { fields, video } = await readItemForm({ context, request, reply, schema, directory, reserve });
    const patch = columnsOf(fields);
    if (video === null) return updateSavedChoreography(database, id, userId, patch);
    const durationSec = lengthOf(fields.duration, video.durationSec);
    return storeVideo({ context, request, reply }, video, (videoPath) =>
      updateSavedChoreography(database, id, userId, { ...patch, videoPath, durationSec }),
    );
  });
}

/** What is said where it fits, else what is measured. */
function lengthOf(saidSec: number | undefined, measuredSec: number): number {
  return saidSec !== undefined && Math.abs(saidSec - measuredSec) <= TOLERANCE_SEC ? saidSec : measuredSec;
}

function columnsOf(body: Static<typeof CollectionPatchSchema>): ChoreographyPatch {
  const { duration, music_info: musicInfo, generation_parameters: generationParameters, ...same } = body;
  return {
    ...same,
    ...(duration === undefined ? {} : { durationSec: duration }),
    ...(musicInfo === undefined ? {} : { musicInfo }),
    ...(generationParameters === undefined ? {} : { generationParameters }),
  };
}
