import type { components } from '@bachata-buddy/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { CLASS_PLANS_KEY, COLLECTION_KEY } from './collections.ts';
import { answered } from './problem.ts';
import { client } from './session.ts';

export type ClassPlan = components['schemas']['ClassPlan'];
export type ClassPlanDetail = components['schemas']['ClassPlanDetail'];
export type Sequence = components['schemas']['ClassPlanSequence'];

/** All lists of class plans begin with it. */
export const PLAN_LISTS_KEY = [...CLASS_PLANS_KEY, 'list'] as const;

const PLANS = '/api/instructors/class-plans/';
const PLAN = '/api/instructors/class-plans/{id}/';

export interface PlanFields {
  readonly title: string;
  readonly difficulty_level: 'beginner' | 'intermediate' | 'advanced';
  readonly description: string;
  /** Minutes. */
  readonly estimated_duration: number | null;
  readonly instructor_notes: string;
}

interface PlansQuestion {
  readonly search: string;
  /** From 1. */
  readonly page: number;
}

export const plansQuery = ({ search, page }: PlansQuestion) =>
  queryOptions({
    queryKey: [...PLAN_LISTS_KEY, search, page],
    queryFn: ({ signal }) => {
      const query = { page: String(page), ...(search === '' ? {} : { search }) };
      return answered(client.GET(PLANS, { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: [...CLASS_PLANS_KEY, 'one', id],
    queryFn: ({ signal }) => answered(client.GET(PLAN, { params: { path: { id } }, signal })),
  });

/** @throws ApiProblem */
export function createPlan(body: PlanFields) {
  return answered(client.POST(PLANS, { body }));
}

/** @throws ApiProblem */
export function changePlan(id: string, body: PlanFields) {
  return answered(client.PATCH(PLAN, { params: { path: { id } }, body }));
}

/** @throws ApiProblem */
export function duplicatePlan(id: string) {
  return answered(client.POST('/api/instructors/class-plans/{id}/duplicate/', { params: { path: { id } } }));
}

/** @throws ApiProblem */
export function deletePlan(id: string) {
  return answered(client.DELETE(PLAN, { params: { path: { id } } }));
}

/** The plan as a page to print, HTML. @throws ApiProblem */
export async function printedPlan(id: string): Promise<string> {
  const params = { path: { id } };
  return (await answered(
    client.GET('/api/instructors/class-plans/{id}/export/', { params, parseAs: 'text' }),
  )) as string;
}

/** Dances of the collection by their title, for what a class may contain. */
export const dancesToAddQuery = (search: string) =>
  queryOptions({
    queryKey: [...COLLECTION_KEY, 'to-add', search],
    queryFn: ({ signal }) => {
      const query = { page_size: '20', ...(search === '' ? {} : { search }) };
      return answered(client.GET('/api/collections/', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** Puts a dance of the collection at the end of a plan. @throws ApiProblem */
export function addSequence(planId: string, choreographyId: string) {
  return answered(
    client.POST('/api/instructors/class-plans/{id}/add-sequence/', {
      params: { path: { id: planId } },
      body: { choreography_id: choreographyId },
    }),
  );
}

export interface SequenceFields {
  readonly notes: string;
  /** Minutes. */
  readonly estimated_time: number | null;
}

/** @throws ApiProblem */
export function changeSequence(planId: string, sequenceId: string, body: SequenceFields) {
  const params = { path: { id: planId, sequence_id: sequenceId } };
  return answered(client.PUT('/api/instructors/class-plans/{id}/sequences/{sequence_id}/', { params, body }));
}

/** @throws ApiProblem */
export function removeSequence(planId: string, sequenceId: string) {
  const params = { path: { id: planId, sequence_id: sequenceId } };
  return answered(client.DELETE('/api/instructors/class-plans/{id}/sequences/{sequence_id}/', { params }));
}

/** @param sequenceIds all of the plan's, in their new order @throws ApiProblem */
export function reorderSequences(planId: string, sequenceIds: readonly string[]) {
  return answered(
    client.POST('/api/instructors/class-plans/{id}/reorder-sequences/', {
      params: { path: { id: planId } },
      body: { sequence_ids: [...sequenceIds] },
    }),
  );
}
