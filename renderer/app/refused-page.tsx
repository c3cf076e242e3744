import { TearLine } from '../ui/tear-line.tsx'
import classes from './refused-page.module.css'

/** Shown instead of everything when the host refused this page's token. */
export const RefusedPage = () => (
  <main className={classes['page']}>
    <section className={classes['slip']}>
      <h1>Open the address printed in the terminal</h1>
      <p>
        Counterfoil answers only to the window that it opened itself. This page has no key, or the app was started anew
        since. Your data is safe.
      </p>
      <TearLine />
      <p className={classes['small']}>
        The address begins with <code>http://127.0.0.1</code> and ends with <code>?token=…</code>. Copy the whole of it.
      </p>
    </section>
  </main>
)
