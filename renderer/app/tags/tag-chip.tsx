import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import classes from './tags.module.css'
import type { RowTag } from './use-tags-of.ts'

/** The colour of a tag; its word stands beside it. */
export const TagDot = ({ color }: { readonly color: RowTag['color'] }) => (
  <span className={classes['dot']} data-color={color} aria-hidden="true" />
)

type Props = {
  readonly name: string
  readonly color: RowTag['color']
  /** Takes the tag off; shown as a button in the chip. */
  readonly onRemove?: () => void
}

/** A tag: its word, and a dot of its colour. */
export const TagChip = ({ name, color, onRemove }: Props) => (
  <span className={classes['chip']} data-removable={onRemove !== undefined || undefined}>
    <TagDot color={color} />
    <span className={classes['name']}>{name}</span>
    {onRemove !== undefined && (
      <ActionIcon size={24} aria-label={`Take off ${name}`} onClick={onRemove}>
        <IconX size={12} />
      </ActionIcon>
    )}
  </span>
)

/** The tags of a row, side by side. */
export const TagChips = ({ tags }: { readonly tags: readonly RowTag[] | undefined }) =>
  tags === undefined ? null : (
    <span className={classes['chips']} title={tags.map(({ name }) => name).join(', ')}>
      {tags.map((tag) => (
        <TagChip key={tag.tagId} name={tag.name} color={tag.color} />
      ))}
    </span>
  )
