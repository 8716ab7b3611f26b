import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** A test alone: all others would be left out without a word. */
const ALONE = {
  selector:
    "MemberExpression[property.name='only'][object.name=/^(describe|it|suite|test)$/], MemberExpression[property.name='only'][object.property.name='describe']",
  message: 'All tests run. Name a file or a pattern to the runner instead.',
};
const EXACT = 'Playwright finds a string as part of others, in either case. Give `exact: true`, or an expression.';
/** Or what may be one. */
const A_STRING = ':matches(Literal:not([regex]), TemplateLiteral, Identifier)';
/** Locators that find the opposite of what they name, or nothing but what they name. */
const INEXACT = [
  {
    selector: `CallExpression[callee.property.name=/^getBy(Text|Label)$/][arguments.length=1] > ${A_STRING}`,
    message: EXACT,
  },
  {
    selector: `CallExpression[callee.property.name='getByRole'] > ObjectExpression:not(:has(Property[key.name='exact'])) > Property[key.name='name'] > ${A_STRING}.value`,
    message: EXACT,
  },
];
const UNWATCHED = {
  selector: "CallExpression[callee.property.name='newContext']",
  message: 'Use the fixture `openContext`: errors of its pages fail the test.',
};

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/node_modules/',
    'storybook-static/',
    '.sandbox/',
    'test-results/',
    'reports/',
    '.stryker-tmp/',
  ]),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // A quarter faster than the project service, which is made for editors.
        project: './tsconfig.lint.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/core/time/time-zones.ts', 'src/core/time/time-zone-list.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Intl'][property.name='DateTimeFormat']",
          message: 'Only src/core/time/time-zones.ts knows time zones; use its functions.',
        },
      ],
    },
  },
  {
    files: ['src/elements/**', 'stories/**', 'test/elements/**', 'test/locales/**'],
    extends: [lit.configs['flat/all'], wc.configs['flat/best-practice'], litA11y.configs.recommended],
    rules: {
      'lit/no-template-arrow': 'off',
      'lit/no-template-map': 'off',
      'lit/no-template-bind': 'off',
      // The dynamic import rule of the plugin has no notion of an element that its owner renders.
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['test/**', 'stories/**', 'sandbox/**/test/**', 'worker/test/**'],
    rules: {
      'no-restricted-syntax': ['error', ALONE],
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // node:test hands its own promises back from describe and it.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    files: ['test/e2e/**'],
    ignores: ['test/e2e/base.ts'],
    rules: { 'no-restricted-syntax': ['error', ALONE, ...INEXACT, UNWATCHED] },
  },
  {
    files: [
      'sandbox/*.ts',
      'sandbox/pgtap/*.ts',
      'sandbox/database/servers-on-folder.ts',
      'test/*.ts',
      'test/run/*.ts',
      '**/*.mjs',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
);
