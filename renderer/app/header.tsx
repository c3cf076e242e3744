import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core'
import {
  IconCheck,
  IconDeviceDesktop,
  IconHelp,
  IconMoon,
  IconPlugConnectedX,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { useConnection } from '../connection.ts'
import { KeyHint } from '../ui/kbd.tsx'
import type { ThemeChoice } from './color-scheme.ts'
import { ContextSwitch } from './context-switch.tsx'
import { MayCall } from './may.tsx'
import { MenuAct } from './menu-act.tsx'
import { NotificationBell } from './notifications/notification-bell.tsx'
import type { OrganizationBrief } from './organization.ts'
import { openHelp, openPalette } from './overlays.ts'
import { PersonMenu } from './person-menu.tsx'
import classes from './shell.module.css'

const Saved = () => {
  const state = useConnection((connection) => connection.state)
  return (
    <span className={classes['saved']} data-state={state} role="status">
      {state === 'live' ? (
        <>
          <IconCheck size={14} aria-hidden="true" />
          <span>Saved on this computer</span>
        </>
      ) : (
        <>
          <IconPlugConnectedX size={14} aria-hidden="true" />
          <span>{state === 'refused' ? 'Not connected' : 'Reconnecting'}; what you typed stays here</span>
        </>
      )}
    </span>
  )
}

const themes: readonly { readonly value: ThemeChoice; readonly label: string; readonly icon: typeof IconSun }[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
]

const ThemeMenu = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Sign = themes.find((it) => it.value === colorScheme)?.icon ?? IconDeviceDesktop
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="Theme">
          <Sign size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map(({ value, label, icon: ThemeIcon }) => (
          <MenuAct
            calls="nothing"
            key={value}
            leftSection={<ThemeIcon size={15} aria-hidden="true" />}
            rightSection={value === colorScheme ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </MenuAct>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The bar above each page: whose business, search, whether all is saved, theme, help. */
export const Header = ({ organization }: { readonly organization: OrganizationBrief }) => (
  <header className={classes['header']}>
    <ContextSwitch organization={organization} />
    <span className={classes['spring']} />
    <Saved />
    <button type="button" className={classes['find']} onClick={openPalette}>
      <IconSearch size={15} aria-hidden="true" />
      <span>Search</span>
      <KeyHint keys="mod+k" />
    </button>
    <MayCall call="notifications.list">
      <NotificationBell />
    </MayCall>
    <ThemeMenu />
    <Tooltip label="Keyboard shortcuts">
      <ActionIcon aria-label="Help: keyboard shortcuts" onClick={openHelp}>
        <IconHelp size={18} />
      </ActionIcon>
    </Tooltip>
    <PersonMenu />
  </header>
)
