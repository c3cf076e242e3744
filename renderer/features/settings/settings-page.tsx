import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { Editable } from '../../app/editable.tsx'
import { useMayCall, useMe } from '../../app/me.ts'
import { ChangesButton } from '../../app/record/changes-button.tsx'
import { type SettingsSection, settingsSections } from '../../app/settings-sections.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import classes from './settings.module.css'
import { SettingsNav } from './settings-nav.tsx'

const Section = ({ section }: { readonly section: SettingsSection }) => (
  <Page
    title={section.title}
    subtitle={section.about}
    actions={
      section.records !== undefined && (
        <ChangesButton of={{ tables: section.records }} name={`the settings: ${section.title}`} />
      )
    }
  >
    <div className={classes['section']}>
      <Suspense fallback={<Skeleton />}>
        <Editable calls={section.changes}>
          <section.Content />
        </Editable>
      </Suspense>
    </div>
  </Page>
)

const NoSection = () => (
  <Page title="Settings">
    <EmptyState
      sentence="There is no such part of the settings."
      action={
        <Link to="/settings/$section" params={{ section: 'business' }}>
          Go to Business
        </Link>
      }
    />
  </Page>
)

const NotYours = ({ title }: { readonly title: string }) => (
  <Page title={title}>
    <EmptyState
      sentence="Your role does not include this part of the settings."
      action={
        <Link to="/settings/$section" params={{ section: 'account' }}>
          Go to Your account
        </Link>
      }
    />
  </Page>
)

/** The settings: their sections at the left, one of them at the right. */
export const SettingsPage = () => {
  const { section: id } = useParams({ from: '/settings/$section' })
  const section = settingsSections.find((it) => it.id === id)
  const me = useMe()
  const mayCall = useMayCall()
  const lacks = section?.needs !== undefined && me?.permissions.includes(section.needs) === false
  const isHidden = lacks || (me !== undefined && !mayCall(section?.asks ?? 'nothing'))
  return (
    <div className={classes['settings']}>
      <SettingsNav current={id} />
      {section === undefined ? (
        <NoSection />
      ) : isHidden ? (
        <NotYours title={section.title} />
      ) : (
        <Section key={section.id} section={section} />
      )}
    </div>
  )
}
