import type { PowerMonitor } from 'electron'

/** Locks whenever the system's own screen locks, or the computer goes to sleep. */
export const lockWithSystem = (power: Pick<PowerMonitor, 'on'>, lock: () => void): void => {
  power.on('lock-screen', lock)
  power.on('suspend', lock)
}
