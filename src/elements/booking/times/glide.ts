/** Elements that stay glide to their new place, so that the change can be followed. Nothing moves where reduced motion is set. */

const CALM: KeyframeAnimationOptions = { duration: 300, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/** Measures where elements are. Call the returned function once they have moved: they glide from there. */
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
