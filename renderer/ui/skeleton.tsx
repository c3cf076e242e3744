import { type ReactNode, useEffect, useState } from 'react'
import classes from './skeleton.module.css'

/** Shows its children only once 300 ms have passed: what is quick never flickers. */
export const Delayed = ({ children }: { readonly children: ReactNode }) => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return late ? children : null
}

type Props = { readonly lines?: number; readonly label?: string }

/** Quiet bars in place of rows that are on their way. */
export const Skeleton = ({ lines = 6, label = 'Loading' }: Props) => (
  <Delayed>
    <div className={classes['skeleton']} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity and never move
        <span key={line} />
      ))}
    </div>
  </Delayed>
)
