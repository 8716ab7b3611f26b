/** A throwaway sandbox leaves nothing behind when its process ends without stopping it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { until } from './support/start.ts';

const SANDBOX = path.resolve(import.meta.dirname, '..', 'index.ts');

/**
 * Runs a program that starts a sandbox and ends in its own way.
 * @returns the server's port and its data folder
 */
async function runUntil(ending: string): Promise<{ port: number; folder: string }> {
  const script = `
    import { startSandbox } from ${JSON.stringify(SANDBOX)};
    const { databaseUrl, query } = await startSandbox();
    const { rows } = await query("select current_setting('data_directory') as folder");
    const checkpointer = await query("select pid from pg_stat_activity where backend_type = 'checkpointer'");
    const end = () => { ${ending} };
    process.stdout.write(JSON.stringify({ port: Number(new URL(databaseUrl).port), ...rows[0] }) + '\\n', end);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  await ended;
  return JSON.parse(line) as { port: number; folder: string };
}

/** A server holds its port until the last of its processes has ended. */
function isRunning(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

describe('a sandbox ends with its process, after', { timeout: 300_000 }, () => {
  for (const [how, ending] of [
    ['an exception', 'setImmediate(() => { throw new Error("on purpose"); })'],
    ['process.exit()', 'process.exit(3)'],
    ['SIGTERM', 'process.kill(process.pid, "SIGTERM")'],
    ['SIGINT', 'process.kill(process.pid, "SIGINT")'],
    ['SIGKILL', 'process.kill(process.pid, "SIGKILL")'],
    [
      'SIGKILL, while its server can’t shut down because one of its processes stands still',
      'process.kill(checkpointer.rows[0].pid, "SIGSTOP"); process.kill(process.pid, "SIGKILL")',
    ],
  ] as const) {
    test(how, async () => {
      const { port, folder } = await runUntil(ending);
      await until(() => !existsSync(folder));
      assert.equal(await isRunning(port), false, 'its folder was deleted before the server had ended');
    });
  }
});
