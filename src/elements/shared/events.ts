/** The events that the elements dispatch to the page. All bubble and cross shadow roots. */
import type { OpenslotError } from '../../core/errors.ts';
import type { Connection } from '../../core/sync/refresher.ts';
import type { Provider, Service } from '../../core/wire.ts';

export class OpenslotEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: keyof OpenslotEventMap, detail: Detail, cancelable = false) {
    super(type, { detail, bubbles: true, composed: true, cancelable });
  }
}

/** The first times are on the page. */
export class OpenslotReadyEvent extends OpenslotEvent<{
  readonly provider: Provider;
  readonly services: readonly Service[];
}> {
  constructor(provider: Provider, services: readonly Service[]) {
    super('openslot-ready', { provider, services });
  }
}

/** The connection that keeps the times up to date has changed. */
export class OpenslotStatusChangeEvent extends OpenslotEvent<{ readonly status: Connection }> {
  constructor(status: Connection) {
    super('openslot-status-change', { status });
  }
}

export class OpenslotViewersChangeEvent extends OpenslotEvent<{
  /** This visitor included; null while unknown. */
  readonly viewers: number | null;
  /** There are more than `viewers`. */
  readonly capped: boolean;
}> {
  constructor(viewers: number | null, capped: boolean) {
    super('openslot-viewers-change', { viewers, capped });
  }
}

/** The set-up is wrong, or a call failed. The page shows already what patients need to read. */
export class OpenslotErrorEvent extends OpenslotEvent<{ readonly error: OpenslotError }> {
  constructor(error: OpenslotError) {
    super('openslot-error', { error });
  }
}

/** The events by their types. Each product adds its own. */
export interface OpenslotEventMap {
  'openslot-ready': OpenslotReadyEvent;
  'openslot-status-change': OpenslotStatusChangeEvent;
  'openslot-viewers-change': OpenslotViewersChangeEvent;
  'openslot-error': OpenslotErrorEvent;
}

declare global {
  /* eslint-disable @typescript-eslint/no-empty-object-type -- merging is the only way to add to the maps */
  interface HTMLElementEventMap extends OpenslotEventMap {}
  interface DocumentEventMap extends OpenslotEventMap {}
  interface WindowEventMap extends OpenslotEventMap {}
  /* eslint-enable @typescript-eslint/no-empty-object-type */
}
