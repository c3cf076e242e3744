import { useConnection } from '../connection.ts'
import classes from './shell.module.css'

/** Says that the app was started anew and this window has no key to it; what is typed stays to be copied. */
export const LostKeyBar = () => {
  const refused = useConnection((connection) => connection.state === 'refused')
  if (!refused) return null
  return (
    <p role="alert" className={classes['lost']}>
      The app was started anew, and this window has no key to it. What was saved is safe; what you typed since stays
      here to be copied. Open the address printed in the terminal to go on.
    </p>
  )
}
