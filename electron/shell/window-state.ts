import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof stateSchema>

// Enough of the window to take hold of it with the mouse.
const visiblePart = 100

const isReachable = (state: WindowState, area: Rectangle): boolean =>
  state.x + state.width > area.x + visiblePart &&
  state.x < area.x + area.width - visiblePart &&
  state.y >= area.y - 10 &&
  state.y < area.y + area.height - visiblePart

/** The kept place of the window; null where none is kept, it is damaged, or its screen is gone. */
export const readWindowState = (file: string, workAreas: readonly Rectangle[]): WindowState | null => {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return workAreas.some((area) => isReachable(state, area)) ? state : null
  } catch {
    return null
  }
}

/** Keeps the place of the window, in one step: a kill leaves the old file or the new one. */
export const writeWindowState = (file: string, state: WindowState): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.tmp`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

/** Keeps a window's place from now on, shortly after each change and at its end. */
export const keepWindowState = (window: BrowserWindow, file: string): void => {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    if (window.isDestroyed()) return
    try {
      writeWindowState(file, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch {
      // The place of a window is not worth a word to the user.
    }
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, 500)
  }
  window.on('resize', soon).on('move', soon).on('maximize', soon).on('unmaximize', soon).on('close', save)
}
