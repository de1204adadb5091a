import { updateUser } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { notFound } from '../../http/http-answer.ts';
import { callerOf } from '../../plugins/authentication.ts';
import { ProfileSchema, UserSchema } from '../../schemas/auth.ts';
import { CLOSED, invalid } from '../../schemas/errors.ts';
import type { RouteContext } from '../route-context.ts';
import { viewUser } from './user-view.ts';

/** Two names of one thing: clients use either. */
const PATHS = ['/api/auth/profile/', '/api/auth/me/'];

/** GET and PUT of the caller's own account. */
export const profileRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  for (const path of PATHS) {
    app.get(
      path,
      { schema: { tags: ['auth'], summary: 'Get user profile', response: { 200: UserSchema, ...CLOSED } } },
      async (request) => viewUser(callerOf(request)),
    );

    app.put(
      path,
      {
        schema: {
          tags: ['auth'],
          summary: 'Update user profile',
          body: ProfileSchema,
          response: { 200: UserSchema, 400: invalid({ email: ['Enter a valid email address.'] }), ...CLOSED },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { email, display_name: displayName, is_instructor: isInstructor, preferences } = request.body;
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
