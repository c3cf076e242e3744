import { Link } from '@tanstack/react-router'
import { useMayCall } from './me.ts'

type Props = { readonly id: string; readonly name: string }

/** The name of a client, which leads to their page for whoever may see it. */
export const ClientLink = ({ id, name }: Props) =>
  useMayCall()('clients.get') ? (
    <Link to="/clients/$id" params={{ id }}>
      {name}
    </Link>
  ) : (
    name
  )
