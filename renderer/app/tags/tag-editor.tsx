import { Button } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { showToast } from '../../ui/toast.tsx'
import { useActions } from '../actions.ts'
import { describeError } from '../errors.ts'
import { MayCall } from '../may.tsx'
import { useMayCall } from '../me.ts'
import { useApiQuery } from '../queries.ts'
import { TagChip } from './tag-chip.tsx'
import { type TaggedEntity, TagPicker } from './tag-picker.tsx'
import classes from './tags.module.css'

const assign = async (entity: TaggedEntity, entityId: string, tagId: string, on: boolean) => {
  try {
    await api.tags.assign({ tagId, entity, entityIds: [entityId], on })
    return true
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
    return false
  }
}

type Props = { readonly entity: TaggedEntity; readonly entityId: string }

/** The tags of one row: taken off, put on, or made, in place. */
export const TagEditor = ({ entity, entityId }: Props) => {
  const mayCall = useMayCall()
  const maySee = mayCall('tags.of')
  const tags = useApiQuery('tags', 'of', { entityIds: [entityId] }, { keepPrevious: false, enabled: maySee }).data ?? []
  const [adding, setAdding] = useState(false)
  const mayTag = mayCall('tags.assign')
  useActions([
    {
      id: `tags.add.${entity}`,
      title: 'Add a tag',
      group: 'This page',
      keywords: 'label mark category',
      calls: 'tags.assign',
      run: () => setAdding(true),
    },
  ])
  const remove = async (tagId: string, name: string) => {
    if (!(await assign(entity, entityId, tagId, false))) return
    showToast({ message: `${name} taken off.`, undo: () => assign(entity, entityId, tagId, true) })
  }
  if (!maySee) return null
  return (
    <fieldset className={classes['editor']} aria-label="Tags">
      {tags.map(({ tagId, name, color }) => (
        <TagChip
          key={tagId}
          name={name}
          color={color}
          {...(mayTag ? { onRemove: () => void remove(tagId, name) } : {})}
        />
      ))}
      {adding ? (
        <TagPicker
          label="Add a tag"
          hideLabel
          autoFocus
          value={null}
          except={tags.map(({ tagId }) => tagId)}
          onPick={(tag) => {
            setAdding(false)
            if (tag !== null) void assign(entity, entityId, tag.id, true)
          }}
          onBlur={() => setAdding(false)}
        />
      ) : (
        <MayCall call="tags.assign">
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconTag size={13} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {tags.length === 0 ? 'Add tag' : 'Tag'}
          </Button>
        </MayCall>
      )}
    </fieldset>
  )
}
