import classes from './welcome.module.css'

/** What is seen for the few seconds in which the demo company is made. */
export const DemoLoading = () => (
  <div className={classes['loading']} role="status">
    <h1 className={classes['title']}>Making the demo company</h1>
    <p className={classes['lead']}>Twelve months of business: 25 clients, 150 invoices and what was paid on them.</p>
    <div className={classes['progress']} aria-hidden="true">
      <span />
    </div>
  </div>
)
