export { programArguments } from './testkit/program-arguments.ts';
