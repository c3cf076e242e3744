import { configureFonts } from '../../electron/pdf/faces.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'

export const fontDirectory = findFontDirectory(import.meta.url)

/** Names the fonts of the installed packages for this process. */
export const useFonts = (): void => configureFonts(fontDirectory)
