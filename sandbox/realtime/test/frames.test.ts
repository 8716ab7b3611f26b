import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BinaryBroadcast, broadcastFrame, decodeFrame, messageFrame } from '../frames.ts';

describe('frames', () => {
  const push = Buffer.from('\x03\x01\x02\x05\x03\x02\x01' + '6' + '77' + 'topic' + 'evt' + '{}' + '{"x":1}');

  it('reads a client’s binary broadcast and drops its meta data', () => {
    const payload = new BinaryBroadcast('evt', 'json', Buffer.from('{"x":1}'));
    assert.deepEqual(decodeFrame('2.0.0', push, true), {
      joinRef: '6',
      ref: '77',
      topic: 'topic',
      event: 'broadcast',
      payload,
    });
  });

  it('ignores binary frames that are incomplete, of another kind or of the first protocol', () => {
    assert.equal(decodeFrame('2.0.0', push.subarray(0, 12), true), null);
    assert.equal(decodeFrame('2.0.0', push.subarray(0, 3), true), null);
    assert.equal(decodeFrame('2.0.0', Buffer.from('\x01' + push.toString().slice(1)), true), null);
    assert.equal(decodeFrame('1.0.0', push, true), null);
  });

  for (const [length, header] of [
    [100, '8164'],
    [300, '817e012c'],
    [70_000, '817f0000000000011170'],
  ] as const) {
    it(`writes a WebSocket frame of ${length} bytes`, () => {
      const payload = 'x'.repeat(length - '[null,null,"t","e",""]'.length);
      const bytes = messageFrame({ topic: 't', event: 'e', payload }).bytes('2.0.0');
      assert.equal(bytes?.subarray(0, -length).toString('hex'), header);
      assert.equal(bytes.subarray(-length).toString(), `[null,null,"t","e","${payload}"]`);
    });
  }

  it('encode a broadcast once for any number of receivers', () => {
    const frame = broadcastFrame('t', new BinaryBroadcast('e', 'json', Buffer.from('{}')));
    assert.equal(frame.bytes('2.0.0'), frame.bytes('2.0.0'));
  });

  it('are null for a protocol that has no form for the message', () => {
    assert.equal(broadcastFrame('t', new BinaryBroadcast('e', 'binary', Buffer.of(1))).bytes('1.0.0'), null);
    assert.equal(
      broadcastFrame('t'.repeat(256), new BinaryBroadcast('e', 'json', Buffer.from('{}'))).bytes('2.0.0'),
      null,
    );
  });
});
