import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { TearLine } from '../../ui/tear-line.tsx'
import classes from './home.module.css'

/** The one next step of a business that has nothing yet. */
export const FirstStep = () => (
  <section className={classes['first']} aria-labelledby="first-step">
    <div className={classes['first-words']}>
      <h2 id="first-step">Write your first invoice</h2>
      <p>Name a client, add a line, and the PDF is ready. The client is made on the way; nothing goes out by itself.</p>
      <Button renderRoot={(props) => <Link to="/invoices/new" {...props} />}>Write an invoice</Button>
    </div>
    <TearLine vertical />
    <div className={classes['first-sheet']} aria-hidden="true">
      <span />
      <span />
      <span />
      <TearLine />
      <span />
    </div>
  </section>
)
