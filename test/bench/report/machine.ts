import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { findPostgres } from '../../../sandbox/database/postgres-binaries.ts';

/** The properties of the machine on which every number depends. */
export interface Machine {
  readonly measured_at: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memory_gib: number;
  readonly platform: string;
  readonly node: string;
  /** The sandbox's version; a remote target has its own. */
  readonly postgres: string;
  /** Load average of the last minute, the measurement included. */
  readonly load: number;
}

export async function describeMachine(): Promise<Machine> {
  const { postgres } = await findPostgres();
  return {
    measured_at: new Date().toISOString(),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memory_gib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    postgres: execFileSync(postgres, ['--version'], { encoding: 'utf8' })
      .replace(/^postgres \(PostgreSQL\)/, 'PostgreSQL')
      .trim(),
    load: loadavg()[0] ?? 0,
  };
}

/** Ms of a clock that all processes of this machine share, unlike `performance.now()`. */
export function machineNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
