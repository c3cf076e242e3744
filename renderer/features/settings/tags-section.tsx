import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { tagColors } from '../../../shared/contract/tags.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MenuAct } from '../../app/menu-act.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { TagDot } from '../../app/tags/tag-chip.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useRowEdit } from './client-groups/row-edit.ts'
import classes from './tags-section.module.css'

type Tag = ApiOutput<'tags', 'list'>[number]
type Color = (typeof tagColors)[number]

const colorNames: Readonly<Record<Color, string>> = {
  gray: 'Grey',
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  teal: 'Teal',
  blue: 'Blue',
  violet: 'Violet',
}

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

type ColorProps = { readonly label: string; readonly value: Color; readonly onPick: (color: Color) => void }

const ColorMenu = ({ label, value, onPick }: ColorProps) => (
  <Menu position="bottom-start" withinPortal={false}>
    <Menu.Target>
      <ActionIcon size={32} aria-label={`${label}: ${colorNames[value]}`}>
        <TagDot color={value} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      {Object.entries(colorNames).map(([color, name]) => (
        // The names are listed by colour.
        <MenuAct
          calls="tags.update"
          key={color}
          leftSection={<TagDot color={color as Color} />}
          onClick={() => onPick(color as Color)}
        >
          {name}
        </MenuAct>
      ))}
    </Menu.Dropdown>
  </Menu>
)

/** Takes a tag off everything, with a way back. */
const remove = async ({ id, version, name, useCount }: Tag) => {
  try {
    await api.tags.delete({ id, version })
    showToast({
      message:
        useCount === 0
          ? `Tag ${name} removed.`
          : `Tag ${name} removed from ${useCount === 1 ? 'one row' : `${useCount} rows`}.`,
      undo: () => api.tags.restore({ id }),
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const TagRow = ({ tag }: { readonly tag: Tag }) => {
  const edit = useRowEdit({ name: tag.name }, async ({ name }) => {
    const saved = await api.tags.update({ id: tag.id, version: tag.version, name })
    showToast({ message: `${tag.name} is now ${name}.`, undo: () => api.tags.update({ ...saved, name: tag.name }) })
  })
  const recolor = async (color: Color) => {
    try {
      const saved = await api.tags.update({ id: tag.id, version: tag.version, color })
      showToast({
        message: `${tag.name} is ${colorNames[color].toLowerCase()} now.`,
        undo: () => api.tags.update({ ...saved, color: tag.color }),
      })
    } catch (thrown) {
      tell(thrown)
    }
  }
  return (
    <li className={classes['row']} {...edit.row}>
      <ColorMenu label={`Colour of ${tag.name}`} value={tag.color} onPick={(color) => void recolor(color)} />
      <TextInput
        aria-label={`Name of ${tag.name}`}
        maxLength={40}
        value={edit.values.name}
        error={edit.problems['name']}
        onChange={(event) => edit.set({ name: event.currentTarget.value })}
      />
      <span className={classes['count']}>
        {tag.useCount === 0 ? 'Not used' : tag.useCount === 1 ? 'On one row' : `On ${tag.useCount} rows`}
      </span>
      <ActionIcon size={32} aria-label={`Remove ${tag.name}`} onClick={() => void remove(tag)}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}

const NewTag = () => {
  const [color, setColor] = useState<Color>('blue')
  const edit = useRowEdit({ name: '' }, async ({ name }) => {
    await api.tags.create({ name, color })
    showToast({ message: `Tag ${name} added.` })
  })
  return (
    <li className={classes['row']} onKeyDown={edit.row.onKeyDown}>
      <ColorMenu label="Colour of the new tag" value={color} onPick={setColor} />
      <TextInput
        aria-label="Name of the new tag"
        placeholder="New tag"
        maxLength={40}
        value={edit.values.name}
        error={edit.problems['name']}
        onChange={(event) => edit.set({ name: event.currentTarget.value })}
      />
      <Button variant="default" size="compact-sm" disabled={!edit.isEdited} onClick={() => void edit.commit()}>
        Add tag
      </Button>
    </li>
  )
}

/** The tags of the business: their names and colours, and how often each is used. */
export const TagsSection = () => {
  const tags = useApiQuery('tags', 'list', {})
  if (tags.data === undefined) {
    return tags.isError ? (
      <ErrorPanel {...describeError(tags.error)} onRetry={() => void tags.refetch()} />
    ) : (
      <Skeleton lines={5} />
    )
  }
  return (
    <Panel title="Tags">
      <p className={classes['hint']}>
        Words of your own on clients, items, documents and payments; every list can be filtered by them.
      </p>
      <ul className={classes['list']} aria-label="Tags">
        {tags.data.map((tag) => (
          <TagRow key={tag.id} tag={tag} />
        ))}
        <NewTag />
      </ul>
    </Panel>
  )
}
