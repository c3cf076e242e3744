import { keepHeapSmall } from './small-heap.ts'

// Before anything else is read: what is read at the start is what makes the heap grow.
keepHeapSmall()
const { runWebHost } = await import('./web/host.ts')
await runWebHost()
