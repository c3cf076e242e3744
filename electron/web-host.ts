import { keepStartSmall } from './small-heap.ts'

// Before anything else is read: what is read at the start is what makes a process large.
const startIsOver = keepStartSmall()
const { runWebHost } = await import('./web/host.ts')
await runWebHost(startIsOver)
