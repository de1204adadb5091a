import { Type } from 'typebox';
import { RenderSizeVariable } from './render-size.ts';

/** Limit of more processes than any machine of ours has cores for. */
export const MAX_RENDER_CONCURRENCY = 64;

/** The environment variables of whatever renders videos; a service that starts rendering jobs hands them on. */
export const RenderVariables = {
  JOB_TEMP_DIR: Type.Optional(
    Type.String({ description: "folder for what is made on the way; absent: the system's" }),
  ),
  RENDER_CACHE_DIR: Type.Optional(
    Type.String({
      description:
        'folder that keeps encoded parts, for videos that have them too; absent: the bucket keeps them, or nobody',
    }),
  ),
  RENDER_CACHE_MAX_MB: Type.Integer({
    default: 2_048,
    minimum: 1,
    maximum: 1_048_576,
    description: 'what that folder may hold, in megabytes',
  }),
  RENDER_CONCURRENCY: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_RENDER_CONCURRENCY,
      description: 'ffmpeg processes at a time; absent: one a core',
    }),
  ),
  ...RenderSizeVariable,
};
