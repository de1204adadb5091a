import { Type } from 'typebox';

export const DetailSchema = Type.Object(
  { detail: Type.String() },
  { additionalProperties: true, description: 'What is wrong, for people' },
);
export const RuleSchema = Type.Object({ error: Type.String() }, { description: 'The rule that was broken' });
export const InvalidSchema = Type.Object(
  {},
  {
    additionalProperties: true,
    description: 'Texts by field, or one text under `error`',
    examples: [{ title: ['This field is required.'] }],
  },
);

/** Answers that closed routes have in common. */
export const CLOSED = { 401: DetailSchema };

/** Answers that routes for instructors have in common. */
export const FOR_INSTRUCTORS = { ...CLOSED, 403: DetailSchema };
