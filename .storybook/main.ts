import { execFileSync } from 'node:child_process';
import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/web-components-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal(vite) {
    // The preview imports custom-elements.json, from which the tables of attributes, events and parts are made.
    execFileSync('npm', ['run', '--silent', 'build:manifest'], { stdio: 'inherit' });
    // Found before the first story runs: one that is found while stories run would be a second copy of Lit.
    const include = [
      ...(vite.optimizeDeps?.include ?? []),
      'axe-core',
      'lit',
      'lit/decorators.js',
      'lit/directive-helpers.js',
      'lit/directives/*.js',
    ];
    return { ...vite, base: './', optimizeDeps: { ...vite.optimizeDeps, include } };
  },
};

export default config;
