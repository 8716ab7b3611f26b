/** `<openslot-booking>` as a story renders it. */
import { html, nothing, type TemplateResult } from 'lit';
import '../../src/define.ts';
import type { Decorator, Meta, StoryContext } from '@storybook/web-components-vite';
import { elsewhere, type Elsewhere, letHappen } from './elsewhere.ts';
import { openStage, type Setting, type Stage } from './stage.ts';

/** The attributes, by their names. An empty one is left out. */
export interface WidgetArgs extends Elsewhere {
  readonly provider?: string;
  readonly appointment?: string;
  readonly service?: string;
  readonly 'time-zone'?: string;
  readonly view?: string;
  readonly 'hour-cycle'?: string;
  readonly 'first-day-of-week'?: string;
  readonly presence?: string;
  readonly realtime?: string;
  readonly 'patient-name'?: string;
  readonly 'patient-email'?: string;
  readonly 'patient-phone'?: string;
  readonly 'phone-prefix'?: string;
  readonly 'supabase-url'?: string;
  readonly 'supabase-key'?: string;
  readonly lang?: string;
}

/** The widget of a visitor, after what the controls let others do. */
export function renderWidget(args: WidgetArgs, stage: Stage): TemplateResult {
  letHappen(args, stage);
  return html`
    <openslot-booking
      .client=${stage.client}
      lang=${args.lang || nothing}
      provider=${args.provider || nothing}
      appointment=${args.appointment || nothing}
      service=${args.service || nothing}
      time-zone=${args['time-zone'] || 'viewer'}
      view=${args.view || 'month'}
      hour-cycle=${args['hour-cycle'] || nothing}
      first-day-of-week=${args['first-day-of-week'] || nothing}
      presence=${args.presence || 'on'}
      realtime=${args.realtime || 'broadcast'}
      patient-name=${args['patient-name'] || nothing}
      patient-email=${args['patient-email'] || nothing}
      patient-phone=${args['patient-phone'] || nothing}
      phone-prefix=${args['phone-prefix'] || nothing}
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

/** Puts a story into a place with that style. */
export function within(style: string): Decorator {
  return (story) => html`<div style=${style}>${story()}</div>`;
}

/** Puts a story onto a page with that style sheet. */
export function styled(css: string): Decorator {
  return (story) => {
    const sheet = document.createElement('style');
    sheet.textContent = css;
    return html`${sheet}${story()}`;
  };
}

const choice = (...options: string[]) => ({ control: { type: 'select' }, options }) as const;
const text = { control: { type: 'text' } } as const;
const unused = { ...text, description: 'Not used in stories: their project is in memory.' };

const attributes = {
  provider: choice('mira-lindqvist', 'amara-okafor', 'priya-raman'),
  appointment: { ...text, description: 'Manage token of an appointment.' },
  service: text,
  'time-zone': choice('viewer', 'provider', 'America/New_York', 'Asia/Kolkata'),
  view: choice('month', 'week'),
  'hour-cycle': choice('', 'h12', 'h23'),
  'first-day-of-week': choice('', 'monday', 'saturday', 'sunday'),
  presence: choice('on', 'off'),
  realtime: choice('broadcast', 'postgres-changes', 'off'),
  'patient-name': text,
  'patient-email': text,
  'patient-phone': text,
  'phone-prefix': text,
  'supabase-url': unused,
  'supabase-key': unused,
  lang: {
    ...choice('en-GB', 'en-US', 'ar', 'de', 'es', 'fr', 'he', 'hi', 'it', 'ja', 'nl', 'pl', 'pt-BR', 'tr', 'zh-CN'),
    description: 'Language of the page, BCP 47.',
  },
};

/** The properties that attributes set are listed as those. */
const properties = Object.fromEntries(
  Object.keys(attributes)
    .filter((name) => name.includes('-'))
    .map((name) => [name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()), { table: { disable: true } }]),
);

/** What the stories of the whole widget have in common. */
export const widgetMeta = {
  component: 'openslot-booking',
  args: { provider: 'mira-lindqvist', 'time-zone': 'provider', lang: 'en-GB' },
  argTypes: { ...properties, ...attributes, ...elsewhere },
  decorators: [within('max-inline-size: 46rem; margin-inline: auto')],
  render: on(),
} satisfies Partial<Meta<WidgetArgs>>;
