export type BrowserKind = 'chromium' | 'firefox'

/** The path of an installed browser, or undefined. */
export function findBrowser(kind: BrowserKind): string | undefined

/** One line that says what to do when a browser is missing. */
export function adviceFor(kind: BrowserKind): string

/** Installs what is missing where that is ours to do. Returns what is still wrong, a line each. */
export function ensureBrowsers(): string[]
