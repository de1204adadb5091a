import type { FastifyServerOptions } from 'fastify';
import { findPasswordWeaknesses } from '../auth/password-rules.ts';
import { isUuid } from '../http/path-ids.ts';
import { findUnstorableText } from './clean-text.ts';
import { isEmail } from './email.ts';
import type { SchemaError } from './field-errors-of.ts';

type AjvOptions = NonNullable<FastifyServerOptions['ajv']>;
type PartialError = Pick<SchemaError, 'keyword' | 'params'> & { readonly message: string };

/** A validation function as ajv calls it: errors are left on the function itself. */
interface KeywordCheck {
  (schema: unknown, data: unknown, parentSchema?: unknown, context?: { parentData?: unknown }): boolean;
  errors?: PartialError[];
}

/** `x-clean-text`: text (or JSON with text in it) that PostgreSQL can store. */
const checkCleanText: KeywordCheck = (_schema, data) => {
  const problem = findUnstorableText(data);
  checkCleanText.errors =
    problem === undefined ? [] : [{ keyword: 'x-clean-text', message: problem, params: {} }];
  return problem === undefined;
};

/** `x-new-password`: text strong enough to be a password, and not the `username` beside it. */
const checkNewPassword: KeywordCheck = (_schema, data, _parentSchema, context) => {
  const username = (context?.parentData as { username?: unknown } | undefined)?.username;
  const texts =
    typeof data === 'string' && data !== ''
      ? findPasswordWeaknesses(data, typeof username === 'string' ? username : undefined)
      : [];
  checkNewPassword.errors = texts.map((message) => ({ keyword: 'x-new-password', message, params: {} }));
  return texts.length === 0;
};

/**
 * How bodies and queries are checked: all errors at once, with the data beside them for the texts; types are
 * never bent here (coerceFields has done what may be done); unknown fields are dropped.
 */
export const ajvOptions: AjvOptions = {
  customOptions: {
    allErrors: true,
    verbose: true,
    coerceTypes: false,
    removeAdditional: true,
    useDefaults: true,
    keywords: [
      { keyword: 'x-texts', schemaType: 'object' },
      { keyword: 'x-keep-spaces', schemaType: 'boolean' },
      { keyword: 'x-as-typed', schemaType: 'boolean' },
      { keyword: 'x-clean-text', schemaType: 'boolean', validate: checkCleanText, errors: true },
      { keyword: 'x-new-password', schemaType: 'boolean', validate: checkNewPassword, errors: true },
    ],
  },
  onCreate: (ajv) => {
    ajv.addFormat('email', (text: string) => text === '' || isEmail(text));
    // ajv's own lets `urn:uuid:` in, which PostgreSQL does not know.
    ajv.addFormat('uuid', isUuid);
  },
};
