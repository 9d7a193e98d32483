/** For ESLint, whose TypeScript cannot look into a component. `vue-tsc` can, and does not come here. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent<Record<string, unknown>>
  export default component
}
