import { Button, Select, Switch } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Retention } from '../../../shared/contract/audit.ts'
import { describeError } from '../../app/errors.ts'
import { useMay } from '../../app/me.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './audit.module.css'

const forEver = 'for-ever'
const offered = [6, 7, 8, 9, 10, 11, 12, 15, 20, 30]

const wordsOf = (years: number | null) => (years === null ? 'For ever' : `${years} years`)

const choices = ({ years, minimumYears }: Retention) => {
  const all = [...new Set([...offered, minimumYears, ...(years === null ? [] : [years])])]
  const allowed = all.filter((it) => it >= minimumYears).sort((one, other) => one - other)
  return [...allowed.map((it) => ({ value: String(it), label: wordsOf(it) })), { value: forEver, label: wordsOf(null) }]
}

const changesWord = (count: number, locale: string) =>
  `${count.toLocaleString(locale)} ${count === 1 ? 'change' : 'changes'}`

const WhatIsNext = ({ kept }: { readonly kept: Retention }): ReactNode => {
  const formats = useFormats()
  if (kept.keeping === 'hold') {
    return kept.legalHold
      ? 'Nothing, as long as the legal hold is on.'
      : 'Nothing: another business of this folder has a legal hold.'
  }
  if (kept.keeping === 'for-ever') {
    return kept.years === null ? 'Nothing, ever.' : 'Nothing: another business of this folder keeps it for ever.'
  }
  if (kept.next === null) return 'Nothing yet.'
  const { on, before, changes } = kept.next
  return `On ${formats.date(on)} what was recorded before ${formats.date(before)}: ${changesWord(changes, formats.locale)}.`
}

const Facts = ({ kept }: { readonly kept: Retention }) => {
  const formats = useFormats()
  return (
    <dl className={classes['kept']}>
      <dt>Reaches back</dt>
      <dd>
        {kept.reachesBackTo === null
          ? 'To its beginning.'
          : `To ${formats.instant(kept.reachesBackTo)}. What was before has its checkpoint.`}
      </dd>
      {kept.last !== null && (
        <>
          <dt>Removed last</dt>
          <dd>
            {formats.instant(kept.last.at)}: {changesWord(kept.last.changes, formats.locale)} in{' '}
            {kept.last.entries.toLocaleString(formats.locale)} entries.
          </dd>
        </>
      )}
      <dt>Goes next</dt>
      <dd>
        <WhatIsNext kept={kept} />
      </dd>
      {kept.keptLonger && kept.keeping === null && (
        <>
          <dt>Others</dt>
          <dd>Another business of this folder keeps it longer. The record is one for all, so its date counts.</dd>
        </>
      )}
    </dl>
  )
}

const Setting = ({ kept, mayChange }: { readonly kept: Retention; readonly mayChange: boolean }) => {
  const save = useCommand('audit', 'setRetention')
  const [years, setYears] = useState(kept.years)
  const [legalHold, setHold] = useState(kept.legalHold)
  const isShorter = years !== null && (kept.years === null || years < kept.years)
  const submit = async () => {
    const question = {
      title: `Keep the record for ${years} years?`,
      body: 'What is older goes by itself, from the next day on. Only a backup of before could bring it back.',
      verb: 'Keep it shorter',
      danger: true,
    }
    if (isShorter && !(await confirmAct(question))) return
    try {
      await save.mutateAsync({ years, legalHold })
      showToast({ message: legalHold ? 'Legal hold is on: nothing is removed.' : 'Saved.' })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <form
      className={classes['keeping']}
      aria-label="How long the record is kept"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Select
        label="Keep the record for"
        description={`At least ${kept.minimumYears} years: ${kept.rule}.`}
        data={choices(kept)}
        value={years === null ? forEver : String(years)}
        onChange={(value) => setYears(value === null || value === forEver ? null : Number(value))}
        allowDeselect={false}
        disabled={!mayChange}
      />
      <Switch
        label="Legal hold"
        description="For a dispute or an audit: nothing is removed until you lift it."
        checked={legalHold}
        onChange={(event) => setHold(event.currentTarget.checked)}
        disabled={!mayChange}
      />
      {mayChange && (
        <div>
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={years === kept.years && legalHold === kept.legalHold}
          >
            Save
          </Button>
        </div>
      )}
    </form>
  )
}

/** How long the record is kept, what happens to what is older, and when. */
export const RetentionSection = () => {
  const may = useMay()
  const kept = useApiQuery('audit', 'retention', {})
  if (kept.data === undefined) {
    return kept.isError ? (
      <ErrorPanel {...describeError(kept.error)} onRetry={() => void kept.refetch()} />
    ) : (
      <Skeleton lines={6} label="Loading how long the record is kept" />
    )
  }
  const { years, legalHold } = kept.data
  return (
    <Panel
      title="How long it is kept"
      actions={
        <Button component={Link} to="/record" variant="subtle" size="compact-sm">
          Open the record
        </Button>
      }
    >
      <p className={classes['quiet']}>
        Who changed what, with old and new values. Once a day Counterfoil looks whether some of it is past its time;
        about once a month the oldest month goes. A signed checkpoint takes its place, so that the rest still proves
        itself. Issued documents, payments, their timelines and who made them stay.
      </p>
      <Facts kept={kept.data} />
      <Setting key={`${years} ${legalHold}`} kept={kept.data} mayChange={may('security.manage')} />
    </Panel>
  )
}
