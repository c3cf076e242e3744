import { ActionIcon, Button, Menu, Tooltip, useMantineColorScheme } from '@mantine/core'
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconHelp,
  IconMoon,
  IconPlugConnectedX,
  IconPlus,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useConnection } from '../connection.ts'
import { KeyHint } from '../ui/kbd.tsx'
import type { ThemeChoice } from './color-scheme.ts'
import { MenuAct } from './menu-act.tsx'
import { NotificationBell } from './notifications/notification-bell.tsx'
import { chooseOrganization, type OrganizationBrief, useWorkspace } from './organization.ts'
import { openHelp, openPalette } from './overlays.ts'
import { PersonMenu } from './person-menu.tsx'
import classes from './shell.module.css'

const Switcher = ({ organization }: { readonly organization: OrganizationBrief }) => {
  const { data } = useWorkspace()
  const navigate = useNavigate()
  const choose = async (id: string) => {
    await chooseOrganization(id)
    await navigate({ to: '/' })
  }
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes['switcher']}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {organization.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organizations</Menu.Label>
        {data?.organizations.map((it) => (
          <MenuAct
            calls="nothing"
            key={it.id}
            onClick={() => void choose(it.id)}
            rightSection={it.id === organization.id ? <IconCheck size={14} aria-label="chosen" /> : null}
          >
            {it.name}
            {it.isDemo ? ' (demo)' : ''}
          </MenuAct>
        ))}
        {data?.mayMakeBusiness === true && (
          <>
            <Menu.Divider />
            <MenuAct
              calls="nothing"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              onClick={() => void navigate({ to: '/welcome' })}
            >
              New organization
            </MenuAct>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

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
    <Switcher organization={organization} />
    <span className={classes['spring']} />
    <Saved />
    <button type="button" className={classes['find']} onClick={openPalette}>
      <IconSearch size={15} aria-hidden="true" />
      <span>Search</span>
      <KeyHint keys="mod+k" />
    </button>
    <NotificationBell />
    <ThemeMenu />
    <Tooltip label="Keyboard shortcuts">
      <ActionIcon aria-label="Help: keyboard shortcuts" onClick={openHelp}>
        <IconHelp size={18} />
      </ActionIcon>
    </Tooltip>
    <PersonMenu />
  </header>
)
