export { makeTestDatabase, type TestContext } from './testkit/make-test-database.ts';
export { describeKept, startTestServer, type TestServer } from './testkit/test-server.ts';
