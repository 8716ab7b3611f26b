import { svg } from 'lit';
import { icon } from './icons.ts';

export const iconClose = icon(svg`<path d="m4 4 8 8M12 4l-8 8" />`);
