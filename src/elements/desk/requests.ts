/** What inner elements of `<openslot-desk>` ask of it. As `requests.ts`: they bubble, but nobody outside hears them. */
import type { Mark } from '../../core/desk/backend.ts';
import type { DeskPatient, Hours, ProviderSettings, Role, ServiceSettings } from '../../core/desk/types.ts';

/** What is open beside the agenda. */
export type PanelName = 'menu' | 'hours' | 'settings' | 'team';

export interface DeskRequests {
  /** Another week, or day where one is shown; null is today. */
  'openslot-desk-turn': { readonly by: -1 | 1 | null };
  /** Show a day, `YYYY-MM-DD`. */
  'openslot-desk-day': { readonly day: string };
  /** Id of the provider to show. */
  'openslot-desk-provider': { readonly provider: string };
  'openslot-desk-panel': { readonly panel: PanelName | null };
  /** A range of times was chosen, ISO instants: what shall be done with it? */
  'openslot-desk-range': { readonly from: string; readonly to: string };
  'openslot-desk-appointment': { readonly id: string };
  'openslot-desk-set-slots': { readonly from: string; readonly to: string; readonly status: 'open' | 'blocked' };
  'openslot-desk-book-form': { readonly start: string };
  'openslot-desk-book': { readonly service: string; readonly start: string; readonly patient: DeskPatient };
  /** `start` is where to, if that is known. */
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

export function ask<Type extends keyof DeskRequests>(from: EventTarget, type: Type, detail: DeskRequests[Type]): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
}
