import { Button, TextInput } from '@mantine/core'
import { IconMail, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { DailyRoot } from '../../../shared/contract/audit.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { downloadFile } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './audit.module.css'

const grouped = (hash: string) => hash.match(/.{1,8}/g)?.join(' ') ?? hash

const Mailing = ({ day, onDone }: { readonly day: string; readonly onDone: () => void }) => {
  const formats = useFormats()
  const mail = useCommand('audit', 'mailRoot')
  const [to, setTo] = useState('')
  const send = async () => {
    try {
      await mail.mutateAsync({ day, to, subject: `Root of the record, ${formats.date(day)}` })
      showToast({ message: `The root of ${formats.date(day)} waits in the outbox.` })
      onDone()
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <form
      className={classes['mailing']}
      aria-label={`Mail the root of ${formats.date(day)}`}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <TextInput
        label="To"
        type="email"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" loading={mail.isPending} disabled={to.trim() === ''}>
        Put into the outbox
      </Button>
    </form>
  )
}

const Root = ({ root }: { readonly root: DailyRoot }) => {
  const formats = useFormats()
  const [mailing, setMailing] = useState(false)
  const [printing, setPrinting] = useState(false)
  const day = formats.date(root.day)
  const print = async () => {
    setPrinting(true)
    try {
      const { pdf, fileName } = await api.audit.rootPdf({ day: root.day })
      downloadFile(pdf, fileName, 'application/pdf')
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
    setPrinting(false)
  }
  return (
    <li>
      <div className={classes['root-head']}>
        <strong>{day}</strong>
        <span className={classes['quiet']}>
          entry {root.seq}, {root.entries} of the day
        </span>
        <span className={classes['root-acts']}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPrinter size={14} />}
            loading={printing}
            aria-label={`Root of ${day} as a PDF`}
            onClick={() => void print()}
          >
            PDF
          </Button>
          <MayCall call="audit.mailRoot">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconMail size={14} />}
              aria-label={`Mail the root of ${day}`}
              aria-expanded={mailing}
              onClick={() => setMailing(!mailing)}
            >
              Mail
            </Button>
          </MayCall>
        </span>
      </div>
      <code className={classes['hash']}>{grouped(root.hash)}</code>
      {mailing && <Mailing day={root.day} onDone={() => setMailing(false)} />}
    </li>
  )
}

/** The last entry of each day: what to keep outside this computer. */
export const Roots = () => {
  const roots = useApiQuery('audit', 'roots', { days: 31 })
  if (roots.error !== null) return <ErrorPanel {...describeError(roots.error)} />
  if (roots.data === undefined) return null
  return (
    <section aria-labelledby="roots-title">
      <h3 id="roots-title" className={classes['roots-title']}>
        Daily roots
      </h3>
      <p className={classes['quiet']}>
        Print or mail one now and then to somebody you trust. With it they can show later that nothing before it was
        changed.
      </p>
      <ol className={classes['roots']}>
        {roots.data.slice(0, 10).map((root) => (
          <Root key={`${root.day} ${root.deviceId}`} root={root} />
        ))}
      </ol>
    </section>
  )
}
