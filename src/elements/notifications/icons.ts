/** Icons of notifications, as in `icons.ts`. */
import { svg } from 'lit';
import { icon } from '../shared/icons.ts';

export const iconBell = icon(
  svg`<path d="M8 1.9a4.2 4.2 0 0 0-4.2 4.2c0 3.3-1.4 4.6-1.4 5.4h11.2c0-.8-1.4-2.1-1.4-5.4A4.2 4.2 0 0 0 8 1.9Z M6.6 13.9a1.6 1.6 0 0 0 2.8 0" />`,
);
export const iconDismiss = icon(svg`<path d="m4 4 8 8M12 4l-8 8" />`);
