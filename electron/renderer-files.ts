import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { contentSecurityPolicy, newNonce, securityHeaders } from './content-policy.ts'

export type FileAnswer = {
  readonly status: 200 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

// Vite writes the content's hash into the names of what is under assets/.
const hashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/

const notFound: FileAnswer = {
  status: 404,
  headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  body: new TextEncoder().encode('Not found.'),
}

const decodePath = (pathname: string): string | null => {
  try {
    const path = decodeURIComponent(pathname)
    return path.includes('\0') || path.includes('\\') ? null : path
  } catch {
    return null
  }
}

/** The file under `root` that a URL path names, symlinks resolved; null where it is none or leads outside. */
export const confinedFile = async (root: string, pathname: string): Promise<string | null> => {
  const path = decodePath(pathname)
  if (path === null) return null
  const inside = (file: string, folder: string) => file.startsWith(folder + sep)
  const wanted = resolve(join(root, path))
  if (!inside(wanted, resolve(root))) return null
  try {
    const real = await realpath(wanted)
    return inside(real, await realpath(root)) && (await stat(real)).isFile() ? real : null
  } catch {
    return null
  }
}

const page = async (root: string): Promise<FileAnswer> => {
  const html = await readFile(join(root, 'index.html'), 'utf8').catch(() => null)
  if (html === null) return notFound
  const nonce = newNonce()
  return {
    status: 200,
    headers: {
      ...securityHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'Cache-Control': 'no-store',
    },
    body: new TextEncoder().encode(html.replaceAll('__CSP_NONCE__', nonce)),
  }
}

/** Answers for the renderer's built files: the page with a fresh nonce, assets by name, 404 for anything else. */
export const rendererFiles =
  (root: string) =>
  async (pathname: string): Promise<FileAnswer> => {
    if (pathname === '/' || pathname === '/index.html') return await page(root)
    const file = await confinedFile(root, pathname)
    if (file === null || extname(file) === '.html') return notFound
    const nonce = newNonce()
    return {
      status: 200,
      headers: {
        ...securityHeaders,
        // A worker script or an SVG opened by itself is held to the policy too.
        'Content-Security-Policy': contentSecurityPolicy(nonce),
        'Content-Type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
        'Cache-Control': hashedName.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
      body: await readFile(file),
    }
  }
