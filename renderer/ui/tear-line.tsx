import classes from './tear-line.module.css'

type Props = { readonly vertical?: boolean }

/** The perforation between a slip and its counterfoil: the one ornament. */
export const TearLine = ({ vertical = false }: Props) => (
  <div className={classes['tear']} data-vertical={vertical || undefined} aria-hidden="true" />
)
