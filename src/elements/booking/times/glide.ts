/** Movement that explains a change: things that stay glide to their new place. Nothing moves for who asked for that. */

const CALM: KeyframeAnimationOptions = { duration: 300, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/** Remembers where elements are; the function it returns, called after they were moved, lets them glide from there. */
export function rememberPlaces(elements: Iterable<Element>): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
  const places = Array.from(elements, (element) => ({ element, from: element.getBoundingClientRect() }));
  return () => {
    for (const { element, from } of places) {
      if (!element.isConnected) continue;
      const to = element.getBoundingClientRect();
      const [x, y] = [from.left - to.left, from.top - to.top];
      if (x || y) element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], CALM);
    }
  };
}
