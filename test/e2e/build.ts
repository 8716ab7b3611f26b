import { log } from 'node:console';
import { buildDemo } from '../../sandbox/demo/demo.ts';

/** Builds what the pages load, unless it is newer than its sources: a single test may run after an edit. */
export default (): Promise<void> => buildDemo(log);
