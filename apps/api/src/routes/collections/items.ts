import {
  deleteSavedChoreography,
  findSavedChoreography,
  listSavedChoreographies,
} from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addressOf } from '../../http/address.ts';
import { paginate, parsePage, parsePageSizeClamped } from '../../http/pagination.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  CollectionItemSchema,
  CollectionPageSchema,
  CollectionParamsSchema,
  CollectionQuerySchema,
  RemovedSchema,
} from '../../schemas/collection.ts';
import { CLOSED, detail, invalid, NO_PAGE } from '../../schemas/errors.ts';
import { parseCollectionFilter } from './collection-filter.ts';
import { NO_ITEM, noSuchItem, parseItemId } from './item-id.ts';
import { viewItem } from './item-view.ts';

const ITEM_PATH = '/api/collections/:id/';

/** GET the caller's collection; GET and DELETE of one item of it. */
export const collectionItemRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, config, playback } = context;

  app.get(
    '/api/collections/',
    {
      schema: {
        tags: ['collections'],
        summary: "List user's saved choreographies",
        querystring: CollectionQuerySchema,
        response: {
          200: CollectionPageSchema,
          400: invalid({ search: ['Null characters are not allowed.'] }),
          404: NO_PAGE,
          ...CLOSED,
        },
      },
    },
    async (request) => {
      const filter = { userId: callerOf(request).id, ...parseCollectionFilter(request.query) };
      const page = await paginate({
        request: {
          page: parsePage(request.query.page),
          pageSize: parsePageSizeClamped(request.query.page_size),
        },
        url: addressOf(request, config.PUBLIC_URL),
        load: (window) => listSavedChoreographies(database, { ...filter, ...window }),
      });
      const results = await Promise.all(page.results.map((item) => viewItem(item, playback)));
      return { ...page, results };
    },
  );

  app.get(
    ITEM_PATH,
    {
      schema: {
        tags: ['collections'],
        summary: 'Get collection details',
        params: CollectionParamsSchema,
        response: { 200: CollectionItemSchema, 404: detail(NO_ITEM), ...CLOSED },
      },
    },
    async (request) => {
      const id = parseItemId(request.params.id);
      const item = await findSavedChoreography(database, id, callerOf(request).id);
      if (item === null) throw noSuchItem();
      return viewItem(item, playback);
    },
  );

  app.delete(
    ITEM_PATH,
    {
      schema: {
        tags: ['collections'],
        summary: 'Delete from collection',
        description:
          'The video of a task stays, one of your own is removed some hours later. Class plans lose the sequences that used the item.',
        params: CollectionParamsSchema,
        response: { 200: RemovedSchema, 404: detail(NO_ITEM), ...CLOSED },
      },
    },
    async (request) => {
      const id = parseItemId(request.params.id);
      if (!(await deleteSavedChoreography(database, id, callerOf(request).id))) throw noSuchItem();
      return { message: 'Choreography deleted successfully', id };
    },
  );
};
