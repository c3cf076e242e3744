import { Button } from '@mantine/core'
import { api } from '../../api.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { showToast } from '../../ui/toast.tsx'
import { OutsidePanel } from './person-cells.tsx'
import { attempt } from './tell.ts'

type Row = ApiOutput<'users', 'elsewhere'>[number]

const keepOut = async ({ id, name }: Row) => {
  const sure = await confirmAct({
    title: `Keep ${name} out?`,
    body: 'They sign in on this computer no more, in no business. One that has no other owner becomes yours; what they did stays theirs.',
    verb: `Keep ${name} out`,
    danger: true,
  })
  if (sure && (await attempt(() => api.users.deactivate({ id })))) showToast({ message: `${name} is kept out.` })
}

/** Who signs in on this computer to other businesses alone; nothing for whoever does not own the workstation. */
export const Elsewhere = () => {
  const { data = [] } = useApiQuery('users', 'elsewhere', {})
  if (data.length === 0) return null
  return (
    <OutsidePanel
      title="Elsewhere on this computer"
      hint="They belong to other businesses that are kept here, and can open the data."
      people={data}
      act="Keep out"
      actOf={(person) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Keep ${person.name} out`}
          onClick={() => void keepOut(person)}
        >
          Keep out
        </Button>
      )}
    />
  )
}
