import {
  collectionStats,
  deleteAllSavedChoreographies,
  deleteChoreographiesWithoutVideo,
} from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { invalidFields } from '../../http/http-answer.ts';
import { hasVideo, refuseWhereUnreachable } from '../../http/stored-video.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  AllRemovedSchema,
  CleanedSchema,
  CollectionStatsSchema,
  ConfirmationSchema,
} from '../../schemas/collection.ts';
import { CLOSED, invalid, rule } from '../../schemas/errors.ts';

const UNCONFIRMED = 'Confirmation required to delete all choreographies';
const UNREACHABLE = 'The video storage cannot be reached. Nothing was removed; try again later.';

/** What concerns a collection as a whole: figures, emptying it, clearing it of items without a video. */
export const collectionUpkeepRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, store } = context;

  app.get(
    '/api/collections/stats/',
    {
      schema: {
        tags: ['collections'],
        summary: 'Get collection statistics',
        response: { 200: CollectionStatsSchema, ...CLOSED },
      },
    },
    async (request) => {
      const stats = await collectionStats(database, callerOf(request).id);
      return {
        total_count: stats.totalCount,
        total_duration: stats.totalDurationSec,
        by_difficulty: stats.byDifficulty,
        recent_count: stats.recentCount,
      };
    },
  );

  app.post(
    '/api/collections/delete-all/',
    {
      schema: {
        tags: ['collections'],
        summary: 'Delete all collections',
        description:
          'Videos of tasks stay, those of your own are removed some hours later. Class plans lose the sequences that used the items.',
        body: ConfirmationSchema,
        response: { 200: AllRemovedSchema, 400: invalid({ confirmation: [UNCONFIRMED] }), ...CLOSED },
      },
    },
    async (request) => {
      if (!request.body.confirmation) throw invalidFields({ confirmation: [UNCONFIRMED] });
      const count = await deleteAllSavedChoreographies(database, callerOf(request).id);
      return { deleted_count: count, message: `Successfully deleted ${count} choreographies` };
    },
  );

  app.post(
    '/api/collections/cleanup/',
    {
      schema: {
        tags: ['collections'],
        summary: 'Cleanup old collections',
        description: 'Removes the items whose video is gone from storage.',
        response: { 200: CleanedSchema, 503: rule(UNREACHABLE), ...CLOSED },
      },
    },
    async (request) => {
      const count = await deleteChoreographiesWithoutVideo(database, callerOf(request).id, (key) =>
        hasVideo(store, key),
      ).catch(refuseWhereUnreachable(UNREACHABLE));
      return { cleaned_count: count, message: `Cleaned up ${count} orphaned choreographies` };
    },
  );
};
