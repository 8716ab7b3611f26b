import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DeskAppointment } from '../../../core/desk/types.ts';
import { minuteOf } from '../../../core/time/time-zones.ts';
import type { Cursor } from './grid.ts';
import type { Item } from './layout.ts';
import { request } from '../../shared/requests.ts';
import type { DeskStart } from '../starts.ts';
import type { Display } from '../../shared/display.ts';

/** A pointer that moves less than this still clicks. */
const THRESHOLD_PX = 5;
/** A dragged appointment snaps to a free time within this distance. */
const REACH_MINUTES = 25;

/** An appointment while staff drag it, and the time that it would move to. */
export interface Drag {
  readonly appointment: DeskAppointment | null;
  readonly day: string;
  readonly target: { readonly from: number; readonly until: number; readonly start: string | null } | null;
}

export interface DragHost extends ReactiveControllerHost, HTMLElement {
  readonly display: Display;
  readonly startsFor: (appointment: DeskAppointment, day: string) => readonly DeskStart[];
  itemUnder(x: number, y: number): { cursor: Cursor; item: Item } | null;
  columnUnder(x: number, y: number): { day: string; minute: number } | null;
  select(cursor: Cursor): void;
  extend(cursor: Cursor): void;
  choose(): void;
  clearSelection(): void;
}

/**
 * Drags with a mouse or a pen: over times it selects them, and an appointment moves to the nearest time that is free for
 * it. A finger scrolls the page as usual. Touch and keyboard reach the same actions by the panels.
 */
export class DragController implements ReactiveController {
  drag: Drag | null = null;

  readonly #host: DragHost;
  #from: {
    readonly x: number;
    readonly y: number;
    readonly cursor: Cursor;
    readonly item: Item;
    readonly grip: number;
  } | null = null;
  #moved = false;
  #swallow = false;

  constructor(host: DragHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Returns whether the present click only ends a drag, once. */
  swallowsClick(): boolean {
    const swallow = this.#swallow;
    this.#swallow = false;
    return swallow;
  }

  readonly onPointerDown = (event: PointerEvent): void => {
    this.#swallow = false;
    if (event.button !== 0 || event.pointerType === 'touch' || event.shiftKey) return;
    const { clientX: x, clientY: y } = event;
    const found = this.#host.itemUnder(x, y);
    if (!found || (found.item.kind === 'cell' && found.item.past)) return;
    if (found.item.kind === 'event' && !found.item.appointment.changeable) return;
    const minute = this.#host.columnUnder(x, y)?.minute ?? found.item.from;
    this.#from = { x, y, ...found, grip: minute - found.item.from };
    this.#moved = false;
    addEventListener('pointermove', this.#onMove);
    addEventListener('pointerup', this.#onUp);
    addEventListener('pointercancel', this.#onCancel);
    addEventListener('keydown', this.#onKeydown, true);
  };

  readonly #onMove = (event: PointerEvent): void => {
    const from = this.#from;
    if (!from) return;
    const { clientX: x, clientY: y } = event;
    if (!this.#moved && Math.hypot(x - from.x, y - from.y) < THRESHOLD_PX) return;
    if (!this.#moved && from.item.kind === 'cell') this.#host.select(from.cursor);
    this.#moved = true;
    event.preventDefault();
    if (from.item.kind === 'event') {
      this.#carry(from.item.appointment, from.item.until - from.item.from, x, y, from.grip);
      return;
    }
    const column = this.#host.columnUnder(x, y);
    const over = this.#host.itemUnder(x, y);
    if (over && column?.day === from.cursor.day) this.#host.extend(over.cursor);
  };

  readonly #onUp = (): void => {
    const { drag } = this;
    const from = this.#from;
    const moved = this.#moved;
    this.#end();
    if (!from || !moved) return;
    this.#swallow = true;
    // Some drags end without a click. Then the next click counts.
    setTimeout(() => (this.#swallow = false));
    if (from.item.kind === 'cell') this.#host.choose();
    else if (drag?.target?.start)
      request(this.#host, 'openslot-desk-move-form', { id: from.item.appointment.id, start: drag.target.start });
  };

  readonly #onCancel = (): void => {
    this.#host.clearSelection();
    this.#end();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#moved) return;
    event.preventDefault();
    event.stopPropagation();
    this.#onCancel();
  };

  #carry(appointment: DeskAppointment, minutes: number, x: number, y: number, grip: number): void {
    const column = this.#host.columnUnder(x, y);
    if (!column) return;
    const { zone } = this.#host.display;
    const wanted = column.minute - grip;
    let best: { at: number; start: string } | null = null;
    for (const { start } of this.#host.startsFor(appointment, column.day)) {
      const at = minuteOf(Date.parse(start), zone);
      if (Math.abs(at - wanted) <= REACH_MINUTES && (!best || Math.abs(at - wanted) < Math.abs(best.at - wanted)))
        best = { at, start };
    }
    const from = best?.at ?? wanted;
    this.drag = { appointment, day: column.day, target: { from, until: from + minutes, start: best?.start ?? null } };
    this.#host.requestUpdate();
  }

  #end(): void {
    this.#from = null;
    this.#moved = false;
    removeEventListener('pointermove', this.#onMove);
    removeEventListener('pointerup', this.#onUp);
    removeEventListener('pointercancel', this.#onCancel);
    removeEventListener('keydown', this.#onKeydown, true);
    if (!this.drag) return;
    this.drag = null;
    this.#host.requestUpdate();
  }
}
