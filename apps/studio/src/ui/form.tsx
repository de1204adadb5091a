import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { FieldProblems } from './field-problems.ts';
import styles from './form.module.css';
import { join } from './join.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useSaid } from './use-said.ts';

interface FormProps {
  readonly className?: string | undefined;
  /** What was wrong with what was sent last; null where nothing was. */
  readonly problem: unknown;
  /** What stands at its foot. */
  readonly actions: ReactNode;
  readonly children: ReactNode;
  onSubmit(form: FormData, element: HTMLFormElement): void;
}

/** Fields that are sent together; what is wrong with one of them is said there, anything else at the foot. */
export function Form({ className, problem, actions, children, onSubmit }: FormProps) {
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set());
  const problems = useFieldTexts(problem);
  const names = Object.keys(problems);
  // What is wrong with something that stands nowhere here is said at the foot, whatever else is said at its field.
  const isAboutFields = names.length > 0 && names.every((name) => sent.has(name));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSent(new Set(form.keys()));
    onSubmit(form, event.currentTarget);
  };
  return (
    <form className={join(styles.form, className)} onSubmit={submit}>
      <FieldProblems value={problems}>{children}</FieldProblems>
      {problem !== null && !isAboutFields && <ProblemNotice problem={problem} />}
      {actions}
    </form>
  );
}

function useFieldTexts(problem: unknown): Readonly<Record<string, string>> {
  const said = useSaid();
  if (!(problem instanceof ApiProblem)) return {};
  // The page's own words are in its language.
  if (problem.code !== 'FIELDS_INVALID') return problem.fields;
  return Object.fromEntries(Object.entries(problem.fields).map(([name, message]) => [name, said(message)]));
}
