import { IconRepeat } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { MenuAct } from '../../app/menu-act.tsx'

type Props = { readonly invoiceId: string; readonly prepare?: () => Promise<boolean> }

/** The way from an invoice to a schedule that repeats it. */
export const MakeRecurring = ({ invoiceId, prepare }: Props) => {
  const navigate = useNavigate()
  const go = async () => {
    if (prepare !== undefined && !(await prepare())) return
    await navigate({ to: '/recurring/new', search: { invoiceId } })
  }
  return (
    <MenuAct calls="recurringInvoices.create" leftSection={<IconRepeat size={14} />} onClick={() => void go()}>
      Make recurring…
    </MenuAct>
  )
}

type DraftProps = { readonly id: string; readonly prepare: () => Promise<boolean> }

/** The same from a draft, which is stored first. */
export const DraftRecurring = ({ id, prepare }: DraftProps) => <MakeRecurring invoiceId={id} prepare={prepare} />
