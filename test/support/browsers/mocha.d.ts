/** The globals of @web/test-runner's mocha, as far as the tests use them. */
declare function describe(name: string, define: () => void): void;
declare function it(name: string, work: () => unknown): void;
declare function before(work: () => unknown): void;
declare function beforeEach(work: () => unknown): void;
declare function afterEach(work: () => unknown): void;
