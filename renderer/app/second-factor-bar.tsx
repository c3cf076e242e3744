import { Link } from '@tanstack/react-router'
import { useMe } from './me.ts'
import classes from './shell.module.css'

/** Reminds whoever must have one-time codes and came in by what stands above them: the next time they are asked. */
export const SecondFactorBar = () => {
  const me = useMe()
  if (me?.needsSecondFactor !== true) return null
  return (
    <aside className={classes['demo']} aria-label="One-time codes">
      <span>Your business asks for one-time codes. At your next sign-in they come before anything else.</span>
      <Link to="/settings/$section" params={{ section: 'account' }}>
        Set up an app
      </Link>
    </aside>
  )
}
