import { Outlet, useMatches } from '@tanstack/react-router'
import type { Calls } from './calls.ts'
import { MayOpen } from './may.tsx'

declare module '@tanstack/react-router' {
  // Asked of every route: one that leaves it out does not compile.
  interface StaticDataRouteOption {
    readonly title: string
    /** What the page cannot be without; `nothing` where its parts ask for themselves. */
    readonly calls: Calls
  }
}

/** The page of the address, for whoever may call what it is made of; others are told so, however they came there. */
export const AllowedPage = () => {
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData })
  if (page === undefined) return <Outlet />
  return (
    <MayOpen call={page.calls} title={page.title}>
      <Outlet />
    </MayOpen>
  )
}
