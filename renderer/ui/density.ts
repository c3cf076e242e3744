import { create } from 'zustand'

export const densities = ['compact', 'normal', 'roomy'] as const
export type Density = (typeof densities)[number]

const storageKey = 'counterfoil.density'

const rowHeights: Readonly<Record<Density, number>> = { compact: 28, normal: 32, roomy: 40 }

const kept = (): Density => densities.find((it) => it === localStorage.getItem(storageKey)) ?? 'normal'

const useStore = create<{ readonly density: Density }>(() => ({ density: kept() }))

/** How dense lists are on this computer. */
export const useDensity = (): Density => useStore((state) => state.density)

/** The height of a row of a list, in pixels. */
export const useRowHeight = (): number => rowHeights[useDensity()]

export const setDensity = (density: Density): void => {
  localStorage.setItem(storageKey, density)
  useStore.setState({ density })
}
