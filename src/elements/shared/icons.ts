/** Drawn by hand in a 16 x 16 box, in the colour of the text around. Those that point mirror where writing does. */
import { svg, type SVGTemplateResult } from 'lit';

export function icon(path: SVGTemplateResult, className = ''): SVGTemplateResult {
  return svg`<svg class=${className} viewBox="0 0 16 16" width="1em" height="1em" fill="none" stroke="currentColor"
    stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;
}

export const iconBack = icon(svg`<path d="M10 3.5 5.5 8l4.5 4.5" />`, 'directed');
export const iconWeek = icon(svg`<path d="M2.5 3v10M8 3v10M13.5 3v10" />`);
export const iconForward = icon(svg`<path d="M6 3.5 10.5 8 6 12.5" />`, 'directed');
