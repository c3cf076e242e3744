import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useApiQuery } from './queries.ts'

const most = 50

/** Leads to the reminders that are due, with their number; nothing where none is. */
export const RemindersDueLink = () => {
  const due = useApiQuery('reminders', 'due', { limit: most }).data
  if (due === undefined || due.rows.length === 0) return null
  const count = `${due.rows.length}${due.nextCursor === null ? '' : '+'}`
  return (
    <Button
      variant="subtle"
      leftSection={<IconBellRinging size={15} aria-hidden="true" />}
      renderRoot={(props) => <Link to="/reminders" {...props} />}
    >
      {count === '1' ? '1 reminder due' : `${count} reminders due`}
    </Button>
  )
}
