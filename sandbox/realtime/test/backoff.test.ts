import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Backoff } from '../backoff.ts';
import { realTimings } from '../options.ts';

describe('the waits for broadcasts after a loss of the database', () => {
  function waits(count: number, random: () => number): number[] {
    const backoff = new Backoff(realTimings.broadcastsReconnect, random);
    return Array.from({ length: count }, () => backoff.next());
  }

  it('begin at 5 to 15 s', () => {
    assert.deepEqual(
      waits(1, () => 0),
      [5_000],
    );
    assert.deepEqual(
      waits(1, () => 0.5),
      [10_000],
    );
    assert.deepEqual(
      waits(1, () => 1 - Number.EPSILON),
      [15_000],
    );
  });

  it('grow to at least 100 s and at most 5 min', () => {
    assert.deepEqual(
      waits(5, () => 1 - Number.EPSILON),
      [15_000, 45_000, 135_000, 300_000, 300_000],
    );
    const draws = [1, 1, 1, 0, 0].values();
    assert.deepEqual(
      waits(5, () => draws.next().value!),
      [15_000, 45_000, 135_000, 100_000, 100_000],
    );
  });

  it('start again after a success', () => {
    const backoff = new Backoff(realTimings.broadcastsReconnect, () => 0.5);
    const first = backoff.next();
    assert.ok(backoff.next() > first);
    backoff.reset();
    assert.equal(backoff.next(), first);
  });
});
