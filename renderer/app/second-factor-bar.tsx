import { Link } from '@tanstack/react-router'
import { useMe } from './me.ts'
import classes from './shell.module.css'

/** Reminds whoever should have one-time codes and has none yet. */
export const SecondFactorBar = () => {
  const me = useMe()
  if (me?.needsSecondFactor !== true) return null
  return (
    <aside className={classes['demo']} aria-label="One-time codes">
      <span>Your business asks for one-time codes besides the password.</span>
      <Link to="/settings/$section" params={{ section: 'account' }}>
        Set up an app
      </Link>
    </aside>
  )
}
