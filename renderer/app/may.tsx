import type { ReactNode } from 'react'
import type { Permission } from '../../shared/permissions.ts'
import { useMay } from './me.ts'

type Props = { readonly do: Permission; readonly children: ReactNode }

/** Shows what leads to something only to whoever may do it. */
export const May = ({ do: permission, children }: Props) => (useMay()(permission) ? children : null)
