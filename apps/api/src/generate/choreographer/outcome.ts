import { BlueprintError } from '@bachata-buddy/blueprint';
import { AppError, toError } from '@bachata-buddy/platform';

/**
 * What came of some work, as it goes from one thread to another: of an error only plain values survive the way. AppError and
 * BlueprintError come out as such; any other, a bug, as an Error of its name and stack.
 */
export type Outcome<Value> = { readonly value: Value } | { readonly failure: Failure };

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of an AppError. */
  readonly app?: ConstructorParameters<typeof AppError>[1];
  /** Of a BlueprintError. */
  readonly issues?: BlueprintError['issues'];
}

/** Does some work, and never rejects. */
export async function outcomeOf<Value>(work: () => Promise<Value> | Value): Promise<Outcome<Value>> {
  try {
    return { value: await work() };
  } catch (thrown) {
    return { failure: failureOf(toError(thrown)) };
  }
}

/** The value; or throws the error, with the stack of where it was thrown. */
export function valueOrThrow<Value>(outcome: Outcome<Value>): Value {
  if ('value' in outcome) return outcome.value;
  throw errorOf(outcome.failure);
}

function failureOf(error: Error): Failure {
  const { name, message, stack } = error;
  if (error instanceof AppError) {
    const { code, room, retryable, isAboutFile, details } = error;
    return {
      name,
      message,
      stack,
      app: { code, room, facts: { meaning: message, retryable, isAboutFile }, details },
    };
  }
  if (error instanceof BlueprintError) return { name, message, stack, issues: error.issues };
  return { name, message, stack };
}

function errorOf(failure: Failure): Error {
  const { name, stack } = failure;
  const error = bareError(failure);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

function bareError({ message, app, issues }: Failure): Error {
  if (app !== undefined) return new AppError(message, app);
  return issues === undefined ? new Error(message) : new BlueprintError(issues, message);
}
