import type { FastifyRequest } from 'fastify';
import type { FieldErrors } from '../http/http-answer.ts';
import { fieldErrorsOf } from './field-errors-of.ts';

/** What the schema found wrong with the body of a route that has `attachValidation`; empty where nothing. */
export function findFieldErrors(request: Pick<FastifyRequest, 'validationError'>): FieldErrors {
  const errors = request.validationError?.validation;
  return errors === undefined ? {} : fieldErrorsOf(errors);
}
