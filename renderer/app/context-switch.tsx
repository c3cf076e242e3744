import { Button, Menu } from '@mantine/core'
import { IconBuildingStore, IconCheck, IconChevronDown, IconMapPin, IconPlus } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useBranches } from './branches.ts'
import { chooseBranch } from './chosen-branch.ts'
import { MenuAct } from './menu-act.tsx'
import { chooseOrganization, type OrganizationBrief, useWorkspace } from './organization.ts'
import classes from './shell.module.css'

const chosenSign = <IconCheck size={14} aria-label="chosen" />

const Organizations = ({ organization }: { readonly organization: OrganizationBrief }) => {
  const { data } = useWorkspace()
  const navigate = useNavigate()
  const choose = async (id: string) => {
    await chooseOrganization(id)
    await navigate({ to: '/' })
  }
  return (
    <>
      <Menu.Label>Organizations</Menu.Label>
      {data?.organizations.map((it) => (
        <MenuAct
          calls="nothing"
          key={it.id}
          onClick={() => void choose(it.id)}
          rightSection={it.id === organization.id ? chosenSign : null}
        >
          {it.name}
          {it.isDemo ? ' (demo)' : ''}
        </MenuAct>
      ))}
      {data?.ownsWorkstation === true && (
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
    </>
  )
}

// What is open may belong to another branch: its list is shown instead.
const useLeaveDocument = () => {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [, first = '', ...rest] = pathname.split('/')
  const stays = rest.length === 0 || ['settings', 'reports'].includes(first)
  return () => (stays ? undefined : navigate({ to: `/${first}` }))
}

const BranchEntries = ({ organization }: { readonly organization: OrganizationBrief }) => {
  const { open, isLimited, chosen } = useBranches()
  const leaveDocument = useLeaveDocument()
  const choose = (id: string | null) => {
    chooseBranch(organization.id, id)
    void leaveDocument()
  }
  if (open.length < 2) return null
  return (
    <>
      <Menu.Label>Branches of {organization.name}</Menu.Label>
      <MenuAct
        calls="nothing"
        leftSection={<IconBuildingStore size={14} aria-hidden="true" />}
        onClick={() => choose(null)}
        rightSection={chosen === null ? chosenSign : null}
      >
        {isLimited ? 'All your branches' : 'Whole business'}
      </MenuAct>
      {open.map(({ id, name }) => (
        <MenuAct
          calls="nothing"
          key={id}
          leftSection={<IconMapPin size={14} aria-hidden="true" />}
          onClick={() => choose(id)}
          rightSection={id === chosen?.id ? chosenSign : null}
        >
          {name}
        </MenuAct>
      ))}
      <Menu.Divider />
    </>
  )
}

const useBranchWords = (): string | null => {
  const { all, open, isLimited, chosen } = useBranches()
  if (all.length === 0) return null
  if (chosen !== null) return chosen.name
  if (!isLimited) return null
  return open.length === 1 ? (open[0]?.name ?? null) : 'Your branches'
}

/** Whose business, and at which of its branches; both are changed here. */
export const ContextSwitch = ({ organization }: { readonly organization: OrganizationBrief }) => {
  const branch = useBranchWords()
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes['switcher']}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {organization.name}
          {branch !== null && <span className={classes['branch']}>{branch}</span>}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <BranchEntries organization={organization} />
        <Organizations organization={organization} />
      </Menu.Dropdown>
    </Menu>
  )
}
