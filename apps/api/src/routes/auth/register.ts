import {
  createUser,
  type Database,
  findUserByUsername,
  noteNetwork,
  type User,
} from '@bachata-buddy/database';
import { hasCode } from '@bachata-buddy/platform';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { inCrowd } from '../../auth/crowd.ts';
import { BUSY } from '../../auth/few-at-once.ts';
import { networkOf } from '../../auth/login-limits.ts';
import { hashPassword } from '../../auth/password-hash.ts';
import { findCommonness } from '../../auth/password-rules.ts';
import { openSession } from '../../auth/sessions.ts';
import { type FieldErrors, invalidFields, refused } from '../../http/http-answer.ts';
import { throttle } from '../../http/throttle.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  LoginAnswerSchema,
  MAX_PASSWORD_LENGTH,
  type RegisterBody,
  RegisterSchema,
} from '../../schemas/auth.ts';
import { detail, invalid } from '../../schemas/errors.ts';
import { findFieldErrors } from '../../validation/request-errors.ts';
import { viewUser } from './user-view.ts';

const MISMATCH = "Password fields didn't match.";
const CLOSED_DOOR = 'Registration is closed.';
const TAKEN = { username: ['A user with that username already exists.'] };

/** POST /api/auth/register/ */
export const registerRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, config }) => {
  app.post(
    '/api/auth/register/',
    {
      config: { access: 'open' },
      attachValidation: true,
      schema: {
        tags: ['auth'],
        summary: 'Register a new user',
        body: RegisterSchema,
        response: {
          201: LoginAnswerSchema,
          400: invalid(TAKEN, { password: [MISMATCH] }),
          403: detail(CLOSED_DOOR),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
          503: detail(BUSY),
        },
      },
    },
    (request, reply) =>
      inCrowd(async () => {
        if (!config.REGISTRATION_OPEN) throw refused('REGISTRATION_CLOSED', CLOSED_DOOR);
        // Whatever comes of it: to try a name tells whether it is taken.
        const network = networkOf(request.ip);
        const limit = config.REGISTER_RATE_LIMIT_PER_HOUR;
        await throttle(database, { scope: 'registration', subject: network, limit, windowSec: 3_600 }, reply);
        const { body } = request;
        const errors = {
          ...findFieldErrors(request),
          ...(await findTaken(database, body)),
          ...(await findCommon(request)),
        };
        if (Object.keys(errors).length > 0) throw invalidFields(errors);
        if (body.password !== body.password2) throw invalidFields({ password: [MISMATCH] });
        const user = await addUser(database, body);
        await noteNetwork(database, user.id, network);
        const tokens = await openSession({ app, database }, user, {
          userAgent: request.headers['user-agent'],
        });
        return reply.code(201).send({ user: viewUser(user), ...tokens });
      }),
  );
};

/** The password's own errors, with that it is too common where it is. */
async function findCommon(request: FastifyRequest): Promise<FieldErrors> {
  const password: unknown = (request.body as Partial<RegisterBody> | null)?.password;
  // What is longer has been refused, and is not looked at.
  if (typeof password !== 'string' || password.length > MAX_PASSWORD_LENGTH) return {};
  const common = await findCommonness(password);
  const { password: others = [] } = findFieldErrors(request);
  return common.length === 0 || !Array.isArray(others) ? {} : { password: [...others, ...common] };
}

/** Said together with what else is wrong; a name that is no name at all is not looked up. */
async function findTaken(database: Database, body: Partial<RegisterBody> | null): Promise<FieldErrors> {
  const username: unknown = body?.username;
  if (typeof username !== 'string' || !/^[\p{L}\p{N}_.@+-]{1,150}$/u.test(username)) return {};
  return (await findUserByUsername(database, username)) === null ? {} : TAKEN;
}

async function addUser(database: Database, body: RegisterBody): Promise<User> {
  try {
    return await createUser(database, {
      username: body.username,
      passwordHash: await hashPassword(body.password),
      email: body.email ?? '',
      displayName: body.display_name ?? '',
    });
  } catch (thrown) {
    // Somebody took the name between the look and the leap.
    if (hasCode(thrown, 'DB_DUPLICATE_USERNAME')) throw invalidFields(TAKEN);
    throw thrown;
  }
}
