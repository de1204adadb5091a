import { useEffect, useEffectEvent } from 'react';
import { ApiProblem } from '../api/problem.ts';

/** Leads to the first page of a list that has become shorter than the page that was asked for. @param problem what was answered */
export function useFirstPageAgain(problem: unknown, toFirstPage: () => void): void {
  const isGone = problem instanceof ApiProblem && problem.code === 'PAGE_NOT_FOUND';
  const go = useEffectEvent(toFirstPage);
  useEffect(() => {
    if (isGone) go();
  }, [isGone]);
}
