import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { ApiOutput } from '../../app/queries.ts'
import classes from './settings.module.css'

const names: Readonly<Record<string, string>> = {
  settings: 'Settings',
  connect: 'Connection',
  tls: 'Encryption',
  'sign in': 'Sign-in',
}

type Props = { readonly result: ApiOutput<'mail', 'testAccount'> }

/** How each step of a test went; the last one is where it ended. */
export const TestResult = ({ result }: Props) => {
  const box = useRef<HTMLElement>(null)
  // In braces: newer browsers answer with a promise, which React would take for a cleanup.
  useEffect(() => {
    void box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section
      ref={box}
      className={classes['test']}
      data-ok={result.ok || undefined}
      role="status"
      aria-label="Result of the test"
    >
      <p className={classes['test-title']}>
        {result.ok ? 'It works: messages can be sent with these settings.' : 'It does not work yet.'}
      </p>
      <ol className={classes['steps']}>
        {result.steps.map(({ step, ok, detail }) => {
          const Sign = ok ? IconCircleCheck : IconAlertTriangle
          return (
            <li key={step} data-ok={ok || undefined}>
              <Sign size={16} aria-label={ok ? 'Passed' : 'Failed'} />
              <span className={classes['step']}>{names[step] ?? step}</span>
              <span>{detail}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
