import { hashKey, type Query, QueryClient, type QueryKey } from '@tanstack/react-query'

// The library writes keys as JSON, which has no bigint: amounts and quantities of an input are put as their digits.
const withDigits = (value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return value.map(withDigits)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withDigits(part)]))
}

/** The text by which two inputs of a query are the same. */
export const hashQueryKey = (key: QueryKey): string => hashKey(key.map(withDigits))

/** Reads stay until a change event names them; the core is local, so nothing is fetched again by time or focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // A cut line is waited for below, in api.ts; an answered error will not get better by asking again.
      retry: false,
      queryKeyHashFn: hashQueryKey,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/**
 * Reads the queries anew that the predicate names. A first reading that is under way is not begun again by the library, and
 * may have been answered before the change: it is read once more when it is there.
 */
export const readAnew = (predicate: (query: Query) => boolean, client: QueryClient = queryClient): void => {
  const first = client
    .getQueryCache()
    .findAll({ predicate })
    .filter(({ state }) => state.fetchStatus === 'fetching' && state.data === undefined)
  void client.invalidateQueries({ predicate })
  for (const query of first) {
    const again = () => client.invalidateQueries({ predicate: (other) => other === query })
    void query.promise?.then(again, () => undefined)
  }
}
