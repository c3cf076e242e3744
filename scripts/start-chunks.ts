type Graph = { readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null }
type Reach = { readonly atStart: ReadonlySet<string>; readonly byWorker: readonly ReadonlySet<string>[] }

const reachedFrom = (root: string, graph: Graph): ReadonlySet<string> => {
  const reached = new Set<string>()
  const waiting = [root]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
  }
  return reached
}

/**
 * The chunks of what every start reads: left to itself the bundler makes a file of each few lines that two features share,
 * and a start would read sixty. What workers read too is in chunks that they can have without the rest.
 */
export const startChunks = (start: string, workers: readonly string[]) => {
  let reach: Reach | null = null
  const nameOf = (id: string, graph: Graph, shared: number): string | null => {
    reach ??= { atStart: reachedFrom(start, graph), byWorker: workers.map((worker) => reachedFrom(worker, graph)) }
    if (!reach.atStart.has(id)) return null
    const by = reach.byWorker.flatMap((held, index) => (held.has(id) ? [index] : []))
    return by.length === shared ? ['start', ...by].join('-') : null
  }
  // A group takes along what its modules import: those of the most workers come first, and import no others.
  return Array.from({ length: workers.length + 1 }, (_, shared) => ({
    debugName: `start of ${shared} workers`,
    name: (id: string, graph: Graph) => nameOf(id, graph, shared),
    priority: shared + 1,
  }))
}
