import { useId } from 'react'
import { useBranches } from '../../app/branches.ts'
import { useField } from './editor-context.ts'
import paper from './paper.module.css'

/** Which branch the document is of; nothing is asked in a business of one place. */
export const BranchChoice = () => {
  const { value, set } = useField('branchId')
  const { all, open, isLimited, nameOf } = useBranches()
  const id = useId()
  if (all.length === 0 || (open.length < 2 && isLimited)) return null
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>Branch</label>
      <select
        id={id}
        className={paper['select']}
        value={value ?? ''}
        onChange={(event) => set(event.currentTarget.value || null)}
      >
        {!isLimited && <option value="">Whole business</option>}
        {value != null && !open.some((it) => it.id === value) && (
          <option value={value}>{nameOf(value)} (closed)</option>
        )}
        {open.map(({ id: branchId, name }) => (
          <option key={branchId} value={branchId}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
