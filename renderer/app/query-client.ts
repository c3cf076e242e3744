import { QueryClient } from '@tanstack/react-query'

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
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
