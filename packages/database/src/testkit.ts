export { makeTestDatabase, type TestContext, type TestDatabase } from './testkit/make-test-database.ts';
export { startTestServer, type TestServer } from './testkit/test-server.ts';
