/** Icons of the desk, as in `icons.ts`. */
import { svg } from 'lit';
import { icon } from '../shared/icons.ts';

export const iconMenu = icon(
  svg`<path d="M6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0ZM8 1.8v1.6M8 12.6v1.6M1.8 8h1.6M12.6 8h1.6M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M3.6 12.4l1.1-1.1M11.3 4.7l1.1-1.1" />`,
);
export const iconPlus = icon(svg`<path d="M8 3v10M3 8h10" />`);
