import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder that holds one of the words: in its name, as text or as its bytes in UTF-16. */
export const leaks = (directory: string, words: readonly string[]): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return words.some(
        (word) => file.includes(word) || bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')),
      )
    })
