export { makeTestDatabase, type TestContext } from './testkit/make-test-database.ts';
export { describeKept, startTestServer } from './testkit/test-server.ts';
