/** `<openslot-booking>` as a story renders it. */
import { html, nothing, type TemplateResult } from 'lit';
import '../../src/define.ts';
import type { StoryContext } from '@storybook/web-components-vite';
import { openStage, type Setting, type Stage } from './stage.ts';

/** The attributes. An empty one is left out. */
export interface WidgetArgs {
  readonly provider?: string;
  readonly service?: string;
  readonly 'time-zone'?: string;
  readonly 'hour-cycle'?: string;
  readonly 'first-day-of-week'?: string;
  readonly presence?: string;
  readonly realtime?: string;
  readonly 'patient-name'?: string;
  readonly 'patient-email'?: string;
  readonly 'patient-phone'?: string;
  readonly 'supabase-url'?: string;
  readonly 'supabase-key'?: string;
  readonly lang?: string;
}

export function renderWidget(args: WidgetArgs, { client }: Pick<Stage, 'client'>): TemplateResult {
  return html`
    <openslot-booking
      .client=${client}
      lang=${args.lang || nothing}
      provider=${args.provider || nothing}
      service=${args.service || nothing}
      time-zone=${args['time-zone'] || nothing}
      hour-cycle=${args['hour-cycle'] || nothing}
      first-day-of-week=${args['first-day-of-week'] || nothing}
      presence=${args.presence || nothing}
      realtime=${args.realtime || nothing}
      patient-name=${args['patient-name'] || nothing}
      patient-email=${args['patient-email'] || nothing}
      patient-phone=${args['patient-phone'] || nothing}
      supabase-url=${args['supabase-url'] || nothing}
      supabase-key=${args['supabase-key'] || nothing}
    ></openslot-booking>
  `;
}

type Render = (args: WidgetArgs, context: StoryContext<WidgetArgs>) => TemplateResult;

/** Renders the widget of a visitor who comes to a project of that setting. */
export function on(setting: Setting = {}): Render {
  return (args, context) => renderWidget(args, openStage(context, setting));
}
