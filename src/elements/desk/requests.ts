/** The requests that inner elements of `<openslot-desk>` send to it. */
import type { Mark } from '../../core/desk/backend.ts';
import type { DeskPatient, Hours, ProviderSettings, Role, ServiceSettings } from '../../core/desk/types.ts';

/** The panels that the menu opens. */
export type MenuPanel = 'hours' | 'settings' | 'team';

/** What is open over the agenda, and what it is about. */
export type OpenPanel =
  | { readonly kind: 'menu' | MenuPanel }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'book'; readonly start: string }
  | { readonly kind: 'appointment'; readonly id: string }
  | { readonly kind: 'cancel'; readonly id: string; readonly message?: string }
  | { readonly kind: 'move'; readonly id: string; readonly start: string | null; readonly message?: string };

export interface DeskRequests {
  /** Show the week or the day before or after; null means today. */
  'openslot-desk-turn': { readonly by: -1 | 1 | null };
  /** Show a day, `YYYY-MM-DD`. */
  'openslot-desk-day': { readonly day: string };
  /** Show another provider, by its id. */
  'openslot-desk-provider': { readonly provider: string };
  /** Open a panel; null closes the one that is open. */
  'openslot-desk-panel': { readonly panel: 'menu' | MenuPanel | null };
  /** Show what can be done with a range of times, ISO instants. */
  'openslot-desk-range': { readonly from: string; readonly to: string };
  'openslot-desk-appointment': { readonly id: string };
  'openslot-desk-set-slots': { readonly from: string; readonly to: string; readonly status: 'open' | 'blocked' };
  'openslot-desk-book-form': { readonly start: string };
  'openslot-desk-book': { readonly service: string; readonly start: string; readonly patient: DeskPatient };
  /** `start` is the new time, if staff chose it already. */
  'openslot-desk-move-form': { readonly id: string; readonly start: string | null };
  'openslot-desk-move': { readonly id: string; readonly start: string; readonly message: string };
  'openslot-desk-cancel-form': { readonly id: string };
  'openslot-desk-cancel': { readonly id: string; readonly message: string };
  'openslot-desk-mark': { readonly id: string; readonly status: Mark };
  'openslot-desk-preview-hours': { readonly hours: Hours; readonly version: number };
  'openslot-desk-save-hours': { readonly hours: Hours; readonly version: number };
  'openslot-desk-save-settings': {
    readonly provider: ProviderSettings | null;
    readonly services: readonly ServiceSettings[];
  };
  'openslot-desk-team': TeamRequest;
  'openslot-desk-sign': SignRequest;
  'openslot-desk-undo': null;
  'openslot-desk-dismiss': null;
  'openslot-desk-retry': null;
}

export type TeamRequest =
  | { readonly do: 'show'; readonly tenant: string }
  | { readonly do: 'invite'; readonly email: string; readonly role: Role; readonly provider: string | null }
  | { readonly do: 'revoke'; readonly invitation: string }
  | { readonly do: 'remove'; readonly member: string };

export type SignRequest =
  | { readonly do: 'in' | 'up'; readonly email: string; readonly password: string }
  | { readonly do: 'send-code'; readonly email: string }
  | { readonly do: 'verify'; readonly email: string; readonly code: string }
  | { readonly do: 'out' };

export type DeskRequestEvents = { [Type in keyof DeskRequests]: CustomEvent<DeskRequests[Type]> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is the only way to add to the map
  interface HTMLElementEventMap extends DeskRequestEvents {}
}
