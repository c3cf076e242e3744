import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import type { ApiOutput } from '../../app/queries.ts'
import classes from './settings.module.css'

type Props = { readonly store: ApiOutput<'mail', 'account'>['secretStore'] }

/** Where the password is kept, and what that is worth. */
export const SecretNote = ({ store: { kind, warning } }: Props) => {
  const Sign = warning === null ? IconLock : IconAlertTriangle
  return (
    <p className={classes['note']} data-warning={warning !== null || undefined}>
      <Sign size={16} aria-hidden="true" />
      <span>
        {warning ??
          (kind === 'keychain'
            ? "The password is kept in this computer's keychain, never in the database or its backups."
            : 'The password is kept encrypted on this computer, never in the database or its backups.')}
      </span>
    </p>
  )
}
