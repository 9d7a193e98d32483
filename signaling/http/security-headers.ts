import { serviceWorkerPath } from '../../shared/service-worker.ts'
import type { Whereabouts } from './whereabouts.ts'

/**
 * On every answer. No inline script or style, nothing from elsewhere, no frame. There is no HSTS on purpose: it would turn
 * http://name:8080/trust, where devices get the certificate, into an address that cannot be opened.
 */
export const securityHeaders = ({
  scheme,
  host,
  isLoopback,
}: Whereabouts): Readonly<Record<string, string>> => ({
  ...fixedHeaders,
  // Browsers ignore it where the page is not secure (/trust), and complain of it in the console.
  ...(scheme === 'https' || isLoopback ? { 'Cross-Origin-Opener-Policy': 'same-origin' } : {}),
  'Content-Security-Policy': `${fixedPolicy}; connect-src 'self' ${scheme === 'https' ? 'wss' : 'ws'}://${host}`,
})

/** Where Vite puts the workers that search and that run OPAQUE. */
const searchWorker = /^\/assets\/search-worker[\w.-]*\.js$/
const opaqueWorker = /^\/assets\/opaque-worker[\w.-]*\.js$/

/**
 * A worker goes by the policy of its own file: this one may compile WebAssembly, which no page may, and may do nothing else. So whatever
 * came in by that door could neither load nor send anything (A2).
 */
export const policyOf = (path: string): Readonly<Record<string, string>> =>
  opaqueWorker.test(path)
    ? { 'Content-Security-Policy': opaquePolicy }
    : path === serviceWorkerPath
      ? { 'Content-Security-Policy': serviceWorkerPolicy }
      : searchWorker.test(path)
        ? { 'Content-Security-Policy': searchPolicy }
        : {}

/** It fetches the files of the app from here, and may do nothing else. */
const serviceWorkerPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** It knows every message: nothing leaves it but to the page (ux 24). */
const searchPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const opaquePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const fixedPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // Vue makes its own policy, of this name, for the templates it compiled at build time.
  // `hearth`, `hearth-search` and `hearth-service-worker` make the addresses of our own workers, each its one.
  'trusted-types vue hearth hearth-search hearth-service-worker',
].join('; ')

const own = ['camera', 'microphone', 'display-capture', 'fullscreen', 'screen-wake-lock']
const none = [
  'geolocation',
  'payment',
  'usb',
  'serial',
  'hid',
  'midi',
  'accelerometer',
  'gyroscope',
  'magnetometer',
]

const fixedHeaders = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': [...own.map((name) => `${name}=(self)`), ...none.map((name) => `${name}=()`)].join(
    ', ',
  ),
} as const
