import { Type } from 'typebox';

/*
 * Building blocks of request and response schemas. The `x-` keywords are this service's own (validation/ajv.ts);
 * OpenAPI allows them as extensions.
 */

export interface TextOptions {
  readonly description?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  /** Texts that replace the usual ones, by keyword. */
  readonly 'x-texts'?: Readonly<Record<string, string>>;
  /** Not trimmed: passwords. */
  readonly 'x-keep-spaces'?: boolean;
  /** Not brought to the normal form that all other texts are in: what is compared with what was stored before. */
  readonly 'x-as-typed'?: boolean;
  /** Checked as a password to be. */
  readonly 'x-new-password'?: boolean;
  readonly examples?: readonly string[];
}

/** Text that may not be blank. */
export function Text(options: TextOptions = {}) {
  return Type.String({ minLength: 1, 'x-clean-text': true, ...options });
}

/** Text that may be empty. */
export function BlankableText(options: TextOptions = {}) {
  return Type.String({ 'x-clean-text': true, ...options });
}

/** A parameter of a query string: text here, whatever its meaning is. */
export function QueryText(description: string) {
  return Type.Optional(Type.String({ 'x-clean-text': true, description }));
}

export const TimestampSchema = Type.String({ format: 'date-time', examples: ['2025-11-09T12:34:56Z'] });

export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const PageQuerySchema = {
  page: QueryText('Page number from 1, or `last`'),
  page_size: QueryText('Items a page, 1 to 100; 20 by default'),
};

/** The envelope around one page of a list. */
export function PageOf<T extends Parameters<typeof Type.Array>[0]>(item: T) {
  return Type.Object({
    count: Type.Integer({ description: 'Items on all pages together', examples: [1] }),
    next: Type.Union([Type.String({ format: 'uri' }), Type.Null()], { examples: [null] }),
    previous: Type.Union([Type.String({ format: 'uri' }), Type.Null()], { examples: [null] }),
    results: Type.Array(item),
  });
}
