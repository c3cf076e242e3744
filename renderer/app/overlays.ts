import { create } from 'zustand'

/** Which of the app's own overlays is open. */
export const useOverlay = create<{ readonly open: 'palette' | 'help' | null }>(() => ({ open: null }))

export const openPalette = (): void => useOverlay.setState({ open: 'palette' })

export const openHelp = (): void => useOverlay.setState({ open: 'help' })

export const closeOverlay = (): void => useOverlay.setState({ open: null })
