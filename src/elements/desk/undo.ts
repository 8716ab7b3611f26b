/** What was just done, by which it can be undone. */
import type { Toast } from './agenda/openslot-desk-toast.ts';

export interface Done extends Toast {
  readonly undo: (() => Promise<unknown>) | null;
}

export function done(text: string, undo: Done['undo'] = null): Done {
  return { text, kind: 'done', undoable: undo !== null, undo };
}

export function failed(text: string): Done {
  return { text, kind: 'failed', undoable: false, undo: null };
}
