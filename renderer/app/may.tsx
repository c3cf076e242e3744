import type { ReactNode } from 'react'
import type { Permission } from '../../shared/permissions.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { type Calls, closedBy } from './calls.ts'
import { useMay, useMayCall, useMeNow } from './me.ts'
import { usePast } from './past/past-state.ts'

type Props = { readonly do: Permission; readonly children: ReactNode }

/** Shows what leads to something only to whoever may do it. */
export const May = ({ do: permission, children }: Props) => (useMay()(permission) ? children : null)

type CallProps = { readonly call: Calls; readonly children: ReactNode }

/** The same by what is called in the end. */
export const MayCall = ({ call, children }: CallProps) => (useMayCall()(call) ? children : null)

type PageProps = CallProps & { readonly title: string }

/** A page that is for whoever may call something; others are told so, and what to do. */
export const MayOpen = ({ call, title, children }: PageProps) => {
  const me = useMeNow()
  const then = usePast(({ view }) => view?.allowed)
  if (me === undefined) return children
  const closed = closedBy(me.mayCall, then, call)
  if (closed === null) return children
  return (
    <Page title={title}>
      <EmptyState
        sentence={
          closed === 'past'
            ? 'You are looking at the past, where nothing is added or changed.'
            : `This is not part of your role (${me.roleName ?? 'a guest'}). Somebody who manages people can give you one that includes it.`
        }
      />
    </Page>
  )
}
