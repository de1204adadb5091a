export { makeTestDatabase, type TestContext } from './testkit/make-test-database.ts';
export { startTestServer } from './testkit/test-server.ts';
