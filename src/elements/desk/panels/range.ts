import { html } from 'lit';
import type { Cell } from '../agenda/layout.ts';
import type { OpenPanel } from '../requests.ts';
import { OpenslotDeskSlots } from './openslot-desk-slots.ts';
import type { Panel } from './panel.ts';

/** What can be done with a range of times. */
export const range: Panel<Extract<OpenPanel, { kind: 'range' }>> = {
  elements: { 'openslot-desk-slots': OpenslotDeskSlots },
  render({ display, messages, layout }, { from, to }) {
    const column = layout.days.find(({ day }) => day === display.dayOf(from));
    const start = Date.parse(from);
    const following = (column?.items ?? []).filter(
      (item): item is Cell => item.kind === 'cell' && item.from >= 0 && !item.past && Date.parse(item.start) >= start,
    );
    const cells = following.filter((cell) => Date.parse(cell.start) < Date.parse(to));
    const day = display.dayAt(from, 'short');
    return {
      heading: messages.slotName(day, display.timeRange(from, cells.at(-1)?.end ?? to), '').replace(/, $/, ''),
      anchored: true,
      body: html`<openslot-desk-slots
        .display=${display}
        .messages=${messages}
        .cells=${cells}
        .following=${following}
      ></openslot-desk-slots>`,
    };
  },
};
