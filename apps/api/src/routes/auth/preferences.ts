import { findUserPreferences, type UserPreferences, updateUserPreferences } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { notFound } from '../../http/http-answer.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { PreferencesPatchSchema, PreferencesSchema } from '../../schemas/auth.ts';
import { CLOSED, invalid } from '../../schemas/errors.ts';

const PATH = '/api/auth/preferences/';

/** GET and PUT of the caller's preferences. */
export const preferencesRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.get(
    PATH,
    {
      schema: {
        tags: ['auth'],
        summary: 'Get user preferences',
        response: { 200: PreferencesSchema, ...CLOSED },
      },
    },
    async (request) => {
      const preferences = await findUserPreferences(database, callerOf(request).id);
      if (preferences === null) throw notFound();
      return viewPreferences(preferences);
    },
  );

  app.put(
    PATH,
    {
      schema: {
        tags: ['auth'],
        summary: 'Update user preferences',
        body: PreferencesPatchSchema,
        response: {
          200: PreferencesSchema,
          400: invalid({ default_difficulty: ['"expert" is not a valid choice.'] }),
          ...CLOSED,
        },
      },
    },
    async (request) => {
      const {
        auto_save_choreographies: autoSaveChoreographies,
        default_difficulty: defaultDifficulty,
        email_notifications: emailNotifications,
        refused_moves: refusedMoves,
      } = request.body;
      const preferences = await updateUserPreferences(database, callerOf(request).id, {
        ...(autoSaveChoreographies === undefined ? {} : { autoSaveChoreographies }),
        ...(defaultDifficulty === undefined ? {} : { defaultDifficulty }),
        ...(emailNotifications === undefined ? {} : { emailNotifications }),
        ...(refusedMoves === undefined ? {} : { refusedMoves }),
      });
      if (preferences === null) throw notFound();
      return viewPreferences(preferences);
    },
  );
};

/** Preferences as their owner sees them. */
export function viewPreferences(preferences: UserPreferences) {
  return {
    auto_save_choreographies: preferences.autoSaveChoreographies,
    default_difficulty: preferences.defaultDifficulty,
    email_notifications: preferences.emailNotifications,
    ...(preferences.refusedMoves.length === 0 ? {} : { refused_moves: [...preferences.refusedMoves] }),
  };
}
