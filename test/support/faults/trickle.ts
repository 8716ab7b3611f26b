import { Transform } from 'node:stream';

const STEP_MS = 50;

/** Lets bytes through at a rate; at most one step's worth at a time. */
export function trickle(bytesPerSecond: number): Transform {
  const bytesPerStep = Math.max(1, Math.floor((bytesPerSecond * STEP_MS) / 1_000));
  const step = (1_000 * bytesPerStep) / bytesPerSecond;
  let timer: NodeJS.Timeout | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const send = (from: number) => {
        this.push(chunk.subarray(from, from + bytesPerStep));
        const next = from + bytesPerStep;
        timer = setTimeout(() => (next < chunk.length ? send(next) : done()), step);
      };
      send(0);
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
  });
}
