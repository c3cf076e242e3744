import type { ReactNode } from 'react'
import { Logo } from '../../ui/logo.tsx'
import classes from './access.module.css'

type Props = {
  readonly title: string
  readonly hint?: string | null
  readonly wide?: boolean
  readonly children: ReactNode
}

/** The slip of paper at the door: what is asked, and nothing of what is behind it. */
export const Slip = ({ title, hint = null, wide = false, children }: Props) => (
  <main className={classes['page']}>
    <section className={classes['slip']} data-wide={wide || undefined}>
      <div className={classes['brand']}>
        <Logo size={22} />
        <span>Counterfoil</span>
      </div>
      <div className={classes['head']}>
        <h1>{title}</h1>
        {hint !== null && <p role="status">{hint}</p>}
      </div>
      {children}
    </section>
  </main>
)
