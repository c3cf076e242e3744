import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Apart from the faces, so that a host that only names the folder does not load the whole renderer.
const latin = join('noto-sans', '400Regular', 'NotoSans_400Regular.ttf')

/**
 * Finds the folder of the font packages (`node_modules/@expo-google-fonts`) upwards from a module's address: works from
 * the sources, from the built `out/main` and from a packaged app, where the unpacked copy beside the archive is taken
 * if there is one. Error if no folder up to the root has it.
 */
export const findFontDirectory = (moduleUrl: string): string => {
  const start = dirname(fileURLToPath(moduleUrl))
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '@expo-google-fonts')
    const unpacked = candidate.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
    for (const place of [unpacked, candidate]) {
      if (existsSync(join(place, latin))) return place
    }
    if (dirname(folder) === folder) {
      throw new Error(
        `The fonts are missing: no node_modules/@expo-google-fonts above ${start}. Install the app again.`,
      )
    }
  }
}
