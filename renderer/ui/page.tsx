import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './page.module.css'

type Props = {
  /** The one h1 of the page. */
  readonly title: string
  /** Beside the title: a status chip, a code. */
  readonly beside?: ReactNode
  /** A quiet line under the title. */
  readonly subtitle?: ReactNode
  /** Buttons at the right, the primary one last. */
  readonly actions?: ReactNode
  /** Filters and tabs between the title and the content. */
  readonly toolbar?: ReactNode
  /** The content fills the height and scrolls by itself (a table). */
  readonly fill?: boolean
  /** Limits the width of forms and texts. */
  readonly narrow?: boolean
  readonly children: ReactNode
}

/** A page inside the shell: title row, toolbar, content. */
export const Page = ({ title, beside, subtitle, actions, toolbar, fill = false, narrow = false, children }: Props) => {
  useDocumentTitle(`${title} · Counterfoil`)
  return (
    <div className={classes['page']} data-fill={fill || undefined} data-narrow={narrow || undefined}>
      <header className={classes['head']}>
        <div className={classes['titles']}>
          <div className={classes['title-row']}>
            <h1 className={classes['title']}>{title}</h1>
            {beside}
          </div>
          {subtitle !== undefined && <div className={classes['subtitle']}>{subtitle}</div>}
        </div>
        {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
      </header>
      {toolbar !== undefined && <div className={classes['toolbar']}>{toolbar}</div>}
      <div className={classes['content']}>{children}</div>
    </div>
  )
}
