import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import vueParser from 'vue-eslint-parser'
import { arrowsRule } from './scripts/lint-arrows.mjs'

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'data/**',
      'test/output/**',
      'test/screens/**',
      'scripts/*.d.mts',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.ts', '**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        extraFileExtensions: ['.vue'],
        project: './tsconfig.lint.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    // A service worker's own names are no page's.
    files: ['client/service-worker/service-worker.ts'],
    languageOptions: { parserOptions: { project: './client/service-worker/tsconfig.json' } },
  },
  {
    plugins: { house: { rules: { arrows: arrowsRule } } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Factories close over what they need; nothing here has a 'this' to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'vue/no-v-html': 'error',
      'vue/require-v-for-key': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'house/arrows': 'error',
    },
  },
  {
    files: ['client/features/**/*.vue', 'client/ui/**/*.vue', 'client/App.vue', 'client/Home*.vue'],
    rules: {
      // What people read comes from the catalogues (client/ui/language). What needs no words stays.
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [
            '·',
            ':',
            ',',
            '.',
            '…',
            '–',
            '—',
            '/',
            '@',
            '#',
            '+',
            '-',
            '(',
            ')',
            '“',
            '”',
            '×',
            '✓',
            'Hearth',
          ],
          attributes: {
            '/.+/': [
              'title',
              'aria-label',
              'aria-description',
              'aria-placeholder',
              'aria-roledescription',
              'aria-valuetext',
              'placeholder',
              'alt',
              'label',
              'hint',
              'note',
              'heading',
              'name-label',
            ],
          },
          directives: ['v-text'],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**', 'bench/**', '**/testing/**'],
    rules: {
      'no-console': 'off',
      'house/arrows': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/**', '**/*.mjs'], rules: { 'no-console': 'off' } },
  prettier,
)
