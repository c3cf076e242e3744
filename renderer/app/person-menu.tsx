import { Menu, UnstyledButton } from '@mantine/core'
import { IconLock, IconLogout, IconUserCircle, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
import { showToast } from '../ui/toast.tsx'
import { setAccess, useAccess } from './access-state.ts'
import { type Action, useActions } from './actions.ts'
import { describeError } from './errors.ts'
import { useMe } from './me.ts'
import { MenuAct } from './menu-act.tsx'
import { PersonFace } from './person-face.tsx'
import classes from './shell.module.css'

type Door = 'lock' | 'switchPerson' | 'signOut'

/** Leaves through the front door; what is open closes behind it. */
export const leave = async (how: Door): Promise<void> => {
  try {
    setAccess(await (how === 'lock' ? api.access.lock({ reason: 'person' }) : api.access[how]({})))
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

const doorActions: readonly Action[] = [
  {
    id: 'door.lock',
    title: 'Lock',
    group: 'App',
    calls: 'nothing',
    keywords: 'screen away leave',
    run: () => leave('lock'),
  },
  {
    id: 'door.switch',
    title: 'Switch person',
    group: 'App',
    calls: 'nothing',
    keywords: 'user colleague',
    run: () => leave('switchPerson'),
  },
  {
    id: 'door.out',
    title: 'Sign out',
    group: 'App',
    calls: 'nothing',
    keywords: 'log out leave end',
    run: () => leave('signOut'),
  },
]
const none: readonly Action[] = []

/** The ways out as actions of the palette, for somebody with a password. */
export const useDoorActions = (): void =>
  useActions(useAccess(({ state }) => state?.guarded === true) ? doorActions : none)

/** Who is signed in, and the ways out; nothing for somebody alone without a password. */
export const PersonMenu = () => {
  const guarded = useAccess(({ state }) => state?.guarded === true)
  const me = useMe()
  const navigate = useNavigate()
  if (!guarded || me === undefined || me.id === null) return null
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes['person']}>
          <PersonFace person={{ ...me, id: me.id }} />
          <span className="visually-hidden">{me.name}: profile, lock, sign out</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name}
          {me.roleName === null ? '' : `, ${me.roleName}`}
        </Menu.Label>
        <MenuAct
          calls="nothing"
          leftSection={<IconUserCircle size={15} aria-hidden="true" />}
          onClick={() => void navigate({ to: '/settings/$section', params: { section: 'account' } })}
        >
          Your account
        </MenuAct>
        <Menu.Divider />
        <MenuAct
          calls="nothing"
          leftSection={<IconUsers size={15} aria-hidden="true" />}
          onClick={() => void leave('switchPerson')}
        >
          Switch person
        </MenuAct>
        <MenuAct
          calls="nothing"
          leftSection={<IconLock size={15} aria-hidden="true" />}
          onClick={() => void leave('lock')}
        >
          Lock
        </MenuAct>
        <MenuAct
          calls="nothing"
          leftSection={<IconLogout size={15} aria-hidden="true" />}
          onClick={() => void leave('signOut')}
        >
          Sign out
        </MenuAct>
      </Menu.Dropdown>
    </Menu>
  )
}
