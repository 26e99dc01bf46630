// The rules for the scripts of the page and of its tests. sources_test.mjs applies them to the whole checkout.
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  { files: ['host-stub/page/assets/*.js'], languageOptions: { globals: globals.browser } },
  // A test runs functions in the page.
  { files: ['tests/page/*.mjs'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
