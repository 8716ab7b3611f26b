import { html, nothing, type TemplateResult } from 'lit';
import type { View } from './screen.ts';

/** What stands around the times of a month and of a week alike: the services above, time zone and next time below. */
export function renderChoices({ state, offer, flow, selection }: View, times: TemplateResult): TemplateResult {
  const { display, otherZone, isFixed } = selection;
  // An appointment that is being moved keeps its service.
  const services = flow.booked ? [] : (state?.services ?? []);
  return html`
    ${
      services.length > 1
        ? html`<openslot-services
            part="services"
            class="row"
            exportparts="service, selected"
            .display=${display}
            .services=${services}
            .selected=${offer?.service.id ?? null}
          ></openslot-services>`
        : nothing
    }
    ${times}
    <openslot-footer
      part="footer"
      class="footer"
      exportparts="zone, link"
      .display=${display}
      .otherZone=${otherZone}
      .fixed=${isFixed}
      .now=${offer?.now ?? 0}
      .next=${offer?.next ?? null}
    ></openslot-footer>
  `;
}
