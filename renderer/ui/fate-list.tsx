import classes from './fate-list.module.css'

type Props = {
  /** `What goes`, `What stays`. */
  readonly title: string
  readonly lines: readonly string[]
}

/** What becomes of things before something is done that cannot be undone, a line each. */
export const FateList = ({ title, lines }: Props) => (
  <section className={classes['fate']}>
    <h3>{title}</h3>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </section>
)
