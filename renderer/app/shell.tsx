import { useEffect, useRef } from 'react'
import { allowActions, useActions } from './actions.ts'
import { AllowedPage } from './allowed-page.tsx'
import { BulkDialog } from './bulk/bulk-dialog.tsx'
import { DemoBar } from './demo-bar.tsx'
import { Header } from './header.tsx'
import { LostKeyBar } from './lost-key-bar.tsx'
import { useMe } from './me.ts'
import type { OrganizationBrief } from './organization.ts'
import { Palette } from './palette.tsx'
import { PastBar } from './past/past-bar.tsx'
import { PastDialog } from './past/past-dialog.tsx'
import { usePast } from './past/past-state.ts'
import { usePastActions } from './past/past-view.ts'
import { useDoorActions } from './person-menu.tsx'
import { reportActions } from './report-actions.ts'
import { RouteChanges } from './route-changes.tsx'
import { SecondFactorBar } from './second-factor-bar.tsx'
import { settingsActions } from './settings-actions.ts'
import classes from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { Sidebar } from './sidebar.tsx'

type Props = { readonly organization: OrganizationBrief }

/** What surrounds every page and never moves: sidebar, header, the page between them. */
export const Shell = ({ organization }: Props) => {
  useShortcuts()
  useActions(settingsActions)
  useActions(reportActions)
  useDoorActions()
  usePastActions()
  const isPast = usePast(({ view }) => view !== null)
  const me = useMe()
  useEffect(() => {
    if (me !== undefined) allowActions(me)
  }, [me])
  const main = useRef<HTMLElement>(null)
  return (
    <div className={classes['shell']} data-past={isPast || undefined}>
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link is a link; the script only keeps the route in the hash */}
      <a href="#main" className={classes['skip']} onClick={skipToMain}>
        Skip to the page
      </a>
      <Sidebar />
      <Header organization={organization} />
      <div className={classes['stage']}>
        <LostKeyBar />
        <PastBar />
        {organization.isDemo && <DemoBar />}
        <SecondFactorBar />
        <main id="main" ref={main} tabIndex={-1} className={classes['main']}>
          <AllowedPage />
        </main>
      </div>
      <RouteChanges main={main} />
      <Palette />
      <PastDialog />
      <ShortcutsDialog />
      <BulkDialog />
    </div>
  )
}

// The address keeps the route behind its hash, so the link moves the focus by itself.
const skipToMain = (event: { preventDefault: () => void }) => {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
