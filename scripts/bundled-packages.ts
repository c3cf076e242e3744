import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const fileOf = (part: string) => join(root, 'out', '.packages', `${part}.json`)

/** The folder of the package that a module lies in, from the project's root; null for our own modules. */
export const packageFolderOf = (moduleId: string): string | null => {
  const path = moduleId
    .replace(/^\0/, '')
    .replaceAll('\\', '/')
    .replace(/[?#].*$/, '')
  return /^(?:.*?\/)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null
}

/** A plugin for Vite that writes down which packages a part of the product was made of. */
export const recordPackages = (part: string) => {
  const folders = new Set<string>()
  return {
    name: 'record-packages',
    moduleParsed: ({ id }: { readonly id: string }) => {
      const folder = packageFolderOf(id)
      if (folder !== null && !folder.includes('/.vite')) folders.add(folder)
    },
    writeBundle: () => {
      mkdirSync(join(root, 'out', '.packages'), { recursive: true })
      writeFileSync(fileOf(part), `${JSON.stringify([...folders].sort(), null, 2)}\n`)
    },
  }
}

/** The folders of all packages that the built parts hold; throws where a part was not built since this is written down. */
export const bundledPackages = (): readonly string[] =>
  [
    ...new Set(
      ['main', 'shell', 'renderer'].flatMap((part): string[] => {
        const file = fileOf(part)
        if (!existsSync(file)) throw new Error(`${file} is missing. Run: npm run build -- --force`)
        // Written above.
        return JSON.parse(readFileSync(file, 'utf8')) as string[]
      }),
    ),
  ].sort()
