import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type AsideReason, asideReasons } from '../../../shared/contract/bank-transactions.ts'
import { MenuAct } from '../../app/menu-act.tsx'
import { asideTitles } from './looks.ts'

type Props = { readonly onChoose: (reason: AsideReason) => void; readonly size?: 'compact-sm' }

/** Sets lines aside for one of the reasons that they are no payment of a client. */
export const SetAsideMenu = ({ onChoose, size }: Props) => (
  <Menu position="bottom-start" width={240}>
    <Menu.Target>
      <Button
        variant="default"
        {...(size === undefined ? {} : { size })}
        rightSection={<IconChevronDown size={14} aria-hidden="true" />}
      >
        Set aside
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      {asideReasons.map((reason) => (
        <MenuAct calls="bankTransactions.ignore" key={reason} onClick={() => onChoose(reason)}>
          {asideTitles[reason]}
        </MenuAct>
      ))}
    </Menu.Dropdown>
  </Menu>
)
