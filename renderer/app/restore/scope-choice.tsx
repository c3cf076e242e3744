import { NativeSelect, Radio } from '@mantine/core'
import classes from './restore.module.css'

type Props = {
  readonly businesses: readonly { readonly id: string; readonly name: string }[]
  /** The one business that is chosen; null for everything. */
  readonly chosen: string | null
  readonly onChoose: (organizationId: string | null) => void
  /** Going back to all of it is theirs to choose. */
  readonly everything: boolean
}

/** Whether everything goes back, or one business alone. */
export const ScopeChoice = ({ businesses, chosen, onChoose, everything }: Props) => (
  <Radio.Group
    label="What goes back"
    value={chosen === null ? 'everything' : 'one'}
    onChange={(value) => onChoose(value === 'one' ? (businesses[0]?.id ?? null) : null)}
  >
    <div className={classes['scope']}>
      <Radio
        value="everything"
        label="Everything"
        description={
          everything
            ? 'All businesses. Everybody signs in again.'
            : 'For an owner of this workstation: whoever owns the first business that is kept here.'
        }
        disabled={!everything}
      />
      <Radio value="one" label="One business" description="The others, people and passwords stay as they are." />
      {chosen !== null && (
        <NativeSelect
          aria-label="Business"
          value={chosen}
          onChange={(event) => onChoose(event.currentTarget.value)}
          data={businesses.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </div>
  </Radio.Group>
)
