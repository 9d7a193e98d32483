import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import vueParser from 'vue-eslint-parser'

/** Who may import what, from docs/architecture: the arrows point one way, and this holds them. */
const house = (target, except, from) => ({
  target,
  from: from ?? '.',
  except,
  message: 'This import goes against the direction of dependencies (docs/architecture.md).',
})

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
        project: [
          './shared/tsconfig.json',
          './client/core/tsconfig.json',
          './client/tsconfig.json',
          './signaling/tsconfig.json',
          './tsconfig.tools.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.tools.json' })],
    },
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
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            house('./shared', ['./shared', './node_modules']),
            house('./signaling', ['./signaling', './shared', './node_modules']),
            house('./client/core', ['./client/core', './shared', './node_modules']),
            house('./client/net', ['./client/net', './client/core', './shared', './node_modules']),
            house('./client/store', ['./client/store', './client/core', './shared', './node_modules']),
            house('./client/features', [
              './client/features',
              './client/core',
              './client/ui',
              './shared',
              './node_modules',
            ]),
            house('./client/ui', ['./client/ui', './node_modules']),
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**', 'bench/**', '**/testing/**'],
    rules: {
      'no-console': 'off',
      'import-x/no-restricted-paths': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/**', '**/*.mjs'], rules: { 'no-console': 'off' } },
  prettier,
)
