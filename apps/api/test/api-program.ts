import { join } from 'node:path';

export const TSX = ['--import', 'tsx'];
const built = process.env.TEST_BUILT_APPS ?? '';

/**
 * What Node is told to run a program of the API, from the project's root: as images hold it where the apps were built for
 * all tests together, else its source.
 */
export function apiProgram(name: 'server' | 'admin' | 'tasks', source: string): string[] {
  return built === '' ? [...TSX, source] : [join(built, 'api', `${name}.js`)];
}
