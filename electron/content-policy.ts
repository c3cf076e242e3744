import { randomBytes } from 'node:crypto'

/** A fresh nonce for one response: 128 bits. */
export const newNonce = (): string => randomBytes(16).toString('base64')

/** The Content-Security-Policy of the product's one page; styles carry the response's nonce, scripts come from files. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    'frame-src blob:',
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    // One policy, made by the page's first script: it lets text without markup through, for style sheets.
    'trusted-types default',
    "require-trusted-types-for 'script'",
  ].join('; ')

/** Headers of every response, whatever it is. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}
