import { Type } from 'typebox';

const DetailSchema = Type.Object(
  { detail: Type.String() },
  { title: 'Problem', additionalProperties: true, description: 'What is wrong, for people' },
);
const RuleSchema = Type.Object(
  { error: Type.String() },
  { title: 'BrokenRule', description: 'The rule that was broken' },
);
const InvalidSchema = Type.Unsafe<Record<string, unknown>>({
  title: 'FieldErrors',
  type: 'object',
  additionalProperties: {
    anyOf: [
      { type: 'string' },
      { type: 'array', items: { type: 'string' } },
      { type: 'object', additionalProperties: true },
    ],
  },
  description: 'Texts by field, or one text under `error` or `detail`',
});

/** A refusal under `detail`, with the texts that it may have here. */
export const detail = (...texts: readonly string[]) => ({
  ...DetailSchema,
  examples: texts.map((text) => ({ detail: text })),
});

/** A broken rule under `error`, with the texts that it may have here. */
export const rule = (...texts: readonly string[]) => ({
  ...RuleSchema,
  examples: texts.map((text) => ({ error: text })),
});

/** Texts by field, with bodies that they may have here. */
export const invalid = (...examples: readonly object[]) => ({ ...InvalidSchema, examples });

/** A field without which there is nothing to do. */
export const missing = (...fields: readonly string[]) =>
  invalid(Object.fromEntries(fields.map((field) => [field, ['This field is required.']])));

/** Answers that closed routes have in common. */
export const CLOSED = { 401: detail('Authentication credentials were not provided.') };

/** Answers that routes for instructors have in common. */
export const FOR_INSTRUCTORS = {
  ...CLOSED,
  403: detail('You do not have permission to perform this action.'),
};

/** Answers that routes of one task have in common. */
export const ONE_TASK = {
  ...CLOSED,
  403: detail('You do not have permission to access this task'),
  404: detail('Task not found'),
};

/** The 404 of a list. */
export const NO_PAGE = detail('Invalid page.');
