/**
 * State goes down to inner elements as properties, and what people ask for goes up as request events. These bubble, but
 * they are not composed: they reach the element that owns the shadow root, and the page never receives them.
 */

/** Request events by their type. */
type Events = HTMLElementEventMap;

type DetailOf<Type extends keyof Events> = Events[Type] extends CustomEvent<infer Detail> ? Detail : never;

export type Handlers<Handled> = { readonly [Type in keyof Handled]: (event: Handled[Type]) => void };

export function request<Type extends keyof Events>(from: EventTarget, type: Type, detail: DetailOf<Type>): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
}

/** Calls the handlers with the requests that reach a shadow root. */
export function listen<Handled>(root: EventTarget, handlers: Handlers<Handled>): void {
  for (const [type, handle] of Object.entries(handlers)) root.addEventListener(type, handle as EventListener);
}
