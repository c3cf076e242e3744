import { Menu } from '@mantine/core'
import { IconCheck, IconSettings } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import { taxLabel } from '../../../shared/documents/tax-label.ts'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import type { DocumentLine, LineTax } from '../document-content.ts'
import { changeLine, lineField } from './draft-edits.ts'
import { lineTaxOf, useEditor } from './editor-context.ts'
import paper from './paper.module.css'
import { sameBut } from './same-line.ts'
import { kindOfLine } from './tax-proposal.ts'

/** The taxes of a line in a few signs: `20%`, `CGST 9% + SGST 9%`. */
export const taxText = (taxes: readonly LineTax[], formats: LocaleFormats): string => {
  const [only] = taxes
  if (only === undefined) return 'No tax'
  if (taxes.length === 1) return formats.percent(only.rateE6)
  return taxes.map((tax) => taxLabel(tax, formats.locale)).join(' + ')
}

const isSame = (tax: LineTax, other: LineTax) =>
  tax.taxRateId === other.taxRateId && tax.name === other.name && tax.rateE6 === other.rateE6

type Props = { readonly line: DocumentLine; readonly position: number }

/** The taxes on a line: one or several of those in force on the date of the document. */
export const TaxCell = memo(
  ({ line, position }: Props) => {
    const { store, rates, taxesOf, organization } = useEditor()
    const formats = useFormats()
    const navigate = useNavigate()
    const offered = rates.map(lineTaxOf)
    // One rate may be several taxes on paper, such as CGST and SGST.
    const kind = kindOfLine(line, organization)
    const proposalOf = (tax: LineTax) => (tax.taxRateId === null ? [tax] : taxesOf(tax.taxRateId, kind))
    // A rate that a line holds and that is not in force any more stays choosable, so that it can be taken off.
    const kept = line.taxes.filter((tax) => !offered.some((it) => proposalOf(it).some((part) => isSame(part, tax))))
    const set = (taxes: readonly LineTax[]) => store.edit(null, changeLine(line.id, { taxes: [...taxes] }))
    const holds = (parts: readonly LineTax[]) =>
      parts.length > 0 && parts.every((part) => line.taxes.some((it) => isSame(it, part)))
    const toggle = (tax: LineTax) => {
      const parts = kept.includes(tax) ? [tax] : proposalOf(tax)
      const rest = line.taxes.filter((it) => !parts.some((part) => isSame(it, part)))
      set(holds(parts) ? rest : [...rest, ...parts].slice(0, 5))
    }
    return (
      <Menu closeOnItemClick={false} position="bottom-end">
        <Menu.Target>
          <button
            type="button"
            className={paper['button']}
            aria-label={`Tax of line ${position}: ${taxText(line.taxes, formats)}`}
            data-field={lineField(line.id, 'taxes')}
          >
            {taxText(line.taxes, formats)}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Tax on this line</Menu.Label>
          {[...offered, ...kept].map((tax) => {
            const isOn = kept.includes(tax) || holds(proposalOf(tax))
            return (
              <Menu.Item
                key={`${tax.taxRateId}${tax.name}${tax.rateE6}`}
                role="menuitemcheckbox"
                aria-checked={isOn}
                leftSection={isOn ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
                rightSection={kept.includes(tax) ? 'not in force' : undefined}
                onClick={() => toggle(tax)}
              >
                {taxLabel(tax, formats.locale)}
              </Menu.Item>
            )
          })}
          <Menu.Item
            role="menuitemcheckbox"
            aria-checked={line.taxes.length === 0}
            leftSection={line.taxes.length === 0 ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
            onClick={() => set([])}
          >
            No tax
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconSettings size={14} />}
            closeMenuOnClick
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'taxes' } })}
          >
            Create a tax in settings
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    )
  },
  sameBut('name', 'description', 'priceE6', 'quantityE6'),
)
