/** The globals of @web/test-runner's mocha, as far as the tests use them. */
type Work = (this: void) => unknown;

declare function describe(name: string, define: () => void): void;
declare function it(name: string, work: Work): void;
declare function beforeEach(work: Work): void;
declare function afterEach(work: Work): void;
