/** All icons. Each is drawn in a box of 16 by 16, in the colour of the text around it. */
import { svg, type SVGTemplateResult } from 'lit';

/**
 * @param d the path's data
 * @param className `directed` mirrors the icon where text runs from right to left
 */
export function icon(d: string, className = ''): SVGTemplateResult {
  return svg`<svg class=${className} viewBox="0 0 16 16" width="1em" height="1em" fill="none" stroke="currentColor"
    stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${d} /></svg>`;
}

// The mark of a pure call lets a bundler leave out the icons that a script doesn't use.
export const iconBack = /* @__PURE__ */ icon('M10 3.5 5.5 8l4.5 4.5', 'directed');
export const iconWeek = /* @__PURE__ */ icon('M2.5 3v10M8 3v10M13.5 3v10');
export const iconForward = /* @__PURE__ */ icon('M6 3.5 10.5 8 6 12.5', 'directed');
export const iconClose = /* @__PURE__ */ icon('m4 4 8 8M12 4l-8 8');
export const iconMenu = /* @__PURE__ */ icon(
  'M6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0ZM8 1.8v1.6M8 12.6v1.6M1.8 8h1.6M12.6 8h1.6M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M3.6 12.4l1.1-1.1M11.3 4.7l1.1-1.1',
);
export const iconPlus = /* @__PURE__ */ icon('M8 3v10M3 8h10');
export const iconBell = /* @__PURE__ */ icon(
  'M8 1.9a4.2 4.2 0 0 0-4.2 4.2c0 3.3-1.4 4.6-1.4 5.4h11.2c0-.8-1.4-2.1-1.4-5.4A4.2 4.2 0 0 0 8 1.9Z M6.6 13.9a1.6 1.6 0 0 0 2.8 0',
);
