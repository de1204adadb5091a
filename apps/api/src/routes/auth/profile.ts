import { type Database, findUserById, type User, updateUser } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { invalidFields, notFound } from '../../http/http-answer.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { ProfileSchema, UserSchema } from '../../schemas/auth.ts';
import { CLOSED, invalid } from '../../schemas/errors.ts';
import { viewUser } from './user-view.ts';

/** A few settings; many times as much as clients store. */
const MAX_PREFERENCES_BYTES = 4_096;
const TOO_LARGE = { preferences: [`Preferences may take at most ${MAX_PREFERENCES_BYTES} bytes as JSON.`] };

/** Two names of one thing: clients use either. */
const PATHS = ['/api/auth/profile/', '/api/auth/me/'];

/** GET and PUT of the caller's own account. */
export const profileRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  for (const path of PATHS) {
    app.get(
      path,
      { schema: { tags: ['auth'], summary: 'Get user profile', response: { 200: UserSchema, ...CLOSED } } },
      async (request) => viewUser(await getAccount(database, callerOf(request).id)),
    );

    app.put(
      path,
      {
        schema: {
          tags: ['auth'],
          summary: 'Update user profile',
          body: ProfileSchema,
          response: {
            200: UserSchema,
            400: invalid({ email: ['Enter a valid email address.'] }, TOO_LARGE),
            ...CLOSED,
          },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { email, display_name: displayName, is_instructor: isInstructor, preferences } = request.body;
        if (Buffer.byteLength(JSON.stringify(preferences ?? {})) > MAX_PREFERENCES_BYTES)
          throw invalidFields(TOO_LARGE);
        const user = await updateUser(database, caller.id, {
          ...(email === undefined ? {} : { email }),
          ...(displayName === undefined ? {} : { displayName }),
          ...(isInstructor === undefined || !caller.isStaff ? {} : { isInstructor }),
          ...(preferences === undefined ? {} : { preferences }),
        });
        if (user === null) throw notFound();
        return viewUser(user);
      },
    );
  }
};

async function getAccount(database: Database, id: number): Promise<User> {
  const user = await findUserById(database, id);
  // It went while it was asked for.
  if (user === null) throw notFound();
  return user;
}
