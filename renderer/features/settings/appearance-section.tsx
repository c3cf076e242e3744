import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import type { ThemeChoice } from '../../app/color-scheme.ts'
import { setSingleKeys, useSingleKeys } from '../../app/shortcuts.ts'
import { type Density, densities, setDensity, useDensity } from '../../ui/density.ts'
import { FormSection } from '../../ui/form.tsx'

const themes: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
]

const densityLabels: Readonly<Record<Density, string>> = {
  compact: 'Compact',
  normal: 'Normal',
  roomy: 'Roomy',
}

/** How the app looks and listens on this computer; each choice acts at once. */
export const AppearanceSection = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const singleKeys = useSingleKeys((state) => state.on)
  const density = useDensity()
  return (
    <div>
      <FormSection title="Theme" hint="Paper or ink; acts at once.">
        <div>
          <SegmentedControl
            aria-label="Theme"
            value={colorScheme}
            data={[...themes]}
            onChange={(value) => setColorScheme(value)}
          />
        </div>
      </FormSection>
      <FormSection title="Density" hint="How tall the rows of lists are.">
        <div>
          <SegmentedControl
            aria-label="Density"
            value={density}
            data={densities.map((value) => ({ value, label: densityLabels[value] }))}
            onChange={setDensity}
          />
        </div>
      </FormSection>
      <FormSection title="Keys" hint="Press ? anywhere for the list.">
        <Switch
          label="Single-letter shortcuts"
          description="On: N, P, C, / and the like act while nothing is being typed. Off: only those with Ctrl or Cmd."
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
      </FormSection>
    </div>
  )
}
