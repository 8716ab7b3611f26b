/** What a story of the whole widget plays on: a project in memory, and the client of the visitor whose widget is shown. */
import { createOpenslotClient, type OpenslotClient } from '../../src/core/index.ts';
import { type Clock, systemClock } from '../../src/core/time/clock.ts';
import type { ProviderSeed } from '../../test/support/memory/memory-database.ts';
import {
  createMemoryProject,
  type Faults,
  type MemoryBackend,
  type MemoryProject,
} from '../../test/support/memory/memory-backend.ts';
import { clientClock } from './client-clock.ts';

/** Sunday evening in Stockholm: the whole week is ahead. */
export const NOW = Date.UTC(2026, 10, 22, 18);

/** The project's clock. The widget follows it, whatever the machine's says. */
export interface StageClock extends Clock {
  /** Lets `ms` pass at once. Widgets learn of it with their next answer from the project. */
  skip(ms: number): void;
}

export interface Stage {
  readonly clock: StageClock;
  readonly project: MemoryProject;
  readonly backend: MemoryBackend;
  readonly client: OpenslotClient;
}

export interface Setting {
  /** Epoch ms at which the story begins. */
  readonly now?: number;
  /** The providers; those of `supabase/seed.sql` without. */
  readonly seed?: readonly ProviderSeed[];
  readonly faults?: Partial<Faults>;
  /** What happened before the visitor came. */
  readonly before?: (project: MemoryProject, clock: StageClock) => void;
}

function clockFrom(now: number): StageClock {
  let shift = now - Date.now();
  return {
    ...systemClock,
    now: () => Date.now() + shift,
    skip(ms) {
      shift += ms;
    },
  };
}

function build({ now = NOW, seed, faults, before }: Setting): Stage {
  // Every story has a tab of its own: nothing was typed in it.
  sessionStorage.clear();
  const clock = clockFrom(now);
  const project = createMemoryProject(seed ? { clock, seed } : { clock });
  before?.(project, clock);
  const backend = project.backend(faults);
  return { clock, project, backend, client: createOpenslotClient({ backend }, { clock: clientClock }) };
}

/** By the signal that a mounted story keeps until it is mounted anew: controls change the widget, not the stage. */
const stages = new WeakMap<AbortSignal, Stage>();

interface Mount {
  readonly abortSignal: AbortSignal;
}

export function openStage({ abortSignal }: Mount, setting: Setting): Stage {
  const stage = stages.get(abortSignal) ?? build(setting);
  stages.set(abortSignal, stage);
  return stage;
}

/** The stage of a story that has been rendered. */
export function stageOf({ abortSignal }: Mount): Stage {
  const stage = stages.get(abortSignal);
  if (!stage) throw new Error('The story was not rendered with `on`.');
  return stage;
}
