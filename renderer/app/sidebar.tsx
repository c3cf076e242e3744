import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Logo } from '../ui/logo.tsx'
import { MayCall } from './may.tsx'
import { useMay } from './me.ts'
import { type Module, modules, settingsModule } from './modules.ts'
import { useApiQuery } from './queries.ts'
import classes from './shell.module.css'

const Entry = ({ module, badge }: { readonly module: Module; readonly badge?: ReactNode }) => (
  <li>
    <Link
      to={module.path}
      className={classes['link']}
      activeOptions={{ exact: module.path === '/', includeSearch: false }}
    >
      <module.icon size={17} stroke={1.7} aria-hidden="true" />
      <span className={classes['name']}>{module.title}</span>
      {badge}
    </Link>
  </li>
)

/** Failed messages need someone; waiting ones are only counted. */
const OutboxBadge = () => {
  const { failed = 0, waiting = 0 } = useApiQuery('mail', 'standing', {}).data ?? {}
  if (failed + waiting === 0) return null
  return failed > 0 ? (
    <span className={classes['badge']} title={`${failed} failed`}>
      {failed}
      <span className="visually-hidden"> failed</span>
    </span>
  ) : (
    <span className={classes['badge']} data-quiet title={`${waiting} waiting`}>
      {waiting}
      <span className="visually-hidden"> waiting</span>
    </span>
  )
}

/** The stub: the places of the app that the person may go to. */
export const Sidebar = () => {
  const may = useMay()
  return (
    <nav className={classes['sidebar']} aria-label="Main">
      <Link to="/" className={classes['brand']}>
        <Logo size={22} />
        <span className={classes['name']}>Counterfoil</span>
      </Link>
      <div className={classes['make']}>
        {may('invoices.write') && (
          <MayCall call="invoices.saveDraft">
            <Button fullWidth renderRoot={(props) => <Link to="/invoices/new" {...props} />}>
              <IconPlus size={15} aria-hidden="true" />
              <span className={classes['name']}>New invoice</span>
            </Button>
          </MayCall>
        )}
      </div>
      <ul className={classes['nav']}>
        {modules
          .filter(({ needs }) => needs === undefined || may(needs))
          .map((module) => (
            <Entry key={module.path} module={module} badge={module.path === '/outbox' ? <OutboxBadge /> : undefined} />
          ))}
      </ul>
      <ul className={`${classes['nav']} ${classes['nav-foot']}`}>
        <Entry module={settingsModule} />
      </ul>
    </nav>
  )
}
