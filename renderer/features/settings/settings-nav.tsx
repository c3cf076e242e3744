import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useMay, useMayCall } from '../../app/me.ts'
import { type SettingsSection, settingsSections } from '../../app/settings-sections.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { showSetting } from './find-setting.ts'
import classes from './settings.module.css'

type Found = { readonly section: SettingsSection; readonly settings: readonly string[] }

const find = (text: string, shown: readonly SettingsSection[]): Found[] => {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return shown.map((section) => ({ section, settings: [] }))
  return shown.flatMap((section) => {
    const settings = section.keywords.filter((it) => it.toLowerCase().includes(wanted))
    const named = `${section.title} ${section.about}`.toLowerCase().includes(wanted)
    return settings.length > 0 || named ? [{ section, settings }] : []
  })
}

/** The sections of the settings, and a search over the names of all settings. */
export const SettingsNav = ({ current }: { readonly current: string }) => {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const may = useMay()
  const mayCall = useMayCall()
  const found = find(
    text,
    settingsSections.filter(({ needs, asks }) => (needs === undefined || may(needs)) && mayCall(asks ?? 'nothing')),
  )
  const open = async (section: SettingsSection, setting: string | undefined) => {
    await navigate({ to: '/settings/$section', params: { section: section.id } })
    if (setting !== undefined) showSetting(setting)
  }
  const entry = useRef<HTMLAnchorElement>(null)
  // There are more sections than a small window shows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another section is opened
  useEffect(() => {
    // Newer engines answer with a promise, which is no clean-up.
    entry.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const openFirst = (event: KeyboardEvent) => {
    const [first] = found
    if (event.key === 'Enter' && text !== '' && first !== undefined) void open(first.section, first.settings[0])
  }
  return (
    <nav className={classes['nav']} aria-label="Settings">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the search field inside opens the first match */}
      <div onKeyDown={openFirst}>
        <SearchField label="Search settings" value={text} onChange={setText} />
      </div>
      <ul>
        {found.map(({ section, settings }) => (
          <li key={section.id}>
            <Link
              to="/settings/$section"
              params={{ section: section.id }}
              ref={section.id === current ? entry : undefined}
              className={classes['entry']}
              aria-current={section.id === current ? 'page' : undefined}
            >
              <section.icon size={16} stroke={1.7} aria-hidden="true" />
              {section.title}
            </Link>
            {settings.length > 0 && (
              <ul className={classes['matches']}>
                {settings.map((setting) => (
                  <li key={setting}>
                    <button type="button" onClick={() => void open(section, setting)}>
                      {setting}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={classes['none']} role="status">
          No setting of this name.
        </p>
      )}
    </nav>
  )
}
