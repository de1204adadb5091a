import type { Page, Route } from 'playwright-core';

const TASK = /\/api\/choreography\/tasks\/[0-9a-f-]{36}\/(?:\?.*)?$/;
const TICKET = /\/api\/choreography\/tasks\/[0-9a-f-]{36}\/events\/ticket\/$/;

interface TaskState {
  readonly status: string;
  readonly progress: number;
  readonly stage: string;
}

/**
 * Lets a page see every task in this state, whatever has become of it: what passes quickly can be looked at. It cannot be told
 * of changes meanwhile, and asks.
 */
export async function heldTask(page: Page, state: TaskState): Promise<{ release(): Promise<void> }> {
  const answer = async (route: Route): Promise<void> => {
    if (route.request().method() !== 'GET') return route.fallback();
    const response = await route.fetch();
    const { result: _result, completed_at: _at, ...task } = await response.json();
    await route.fulfill({ response, json: { ...task, ...state } });
  };
  const tickets: Route[] = [];
  const wait = (route: Route): void => void tickets.push(route);
  await page.route(TASK, answer);
  await page.route(TICKET, wait);
  return {
    async release() {
      await page.unroute(TASK, answer);
      for (const ticket of tickets) await ticket.continue();
      await page.unroute(TICKET, wait);
    },
  };
}
