import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCopy, IconPencil, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type DocumentTemplate, type TemplateKind, templateKinds } from '../../../shared/contract/document-templates.ts'
import { designLayouts, designOf, type TemplateDesign } from '../../../shared/documents/template-design.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MenuAct } from '../../app/menu-act.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { kindTexts, layoutTexts } from './design-texts.ts'
import { PaperThumbnail } from './paper-thumbnail.tsx'
import classes from './templates.module.css'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const freeName = (wanted: string, taken: readonly string[]): string => {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted} ${count}`
    if (!taken.includes(name)) return name
  }
}

const remove = async (template: DocumentTemplate) => {
  try {
    const gone = await api.documentTemplates.delete({ id: template.id, version: template.version })
    showToast({
      message: `${template.name} deleted; what used it takes the default.`,
      undo: async () => {
        const back = await api.documentTemplates.restore(gone)
        if (template.defaultFor.length > 0) {
          await api.documentTemplates.setDefaults({ ...back, kinds: [...template.defaultFor] })
        }
      },
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const toggleDefault = async ({ id, version, name, defaultFor }: DocumentTemplate, kind: TemplateKind) => {
  const isOn = defaultFor.includes(kind)
  const kinds = isOn ? defaultFor.filter((it) => it !== kind) : [...defaultFor, kind]
  try {
    await api.documentTemplates.setDefaults({ id, version, kinds })
    const what = kindTexts[kind]
    showToast({ message: isOn ? `${what} are plain again.` : `New ${what.toLowerCase()} use ${name}.` })
  } catch (thrown) {
    tell(thrown)
  }
}

type CardProps = {
  readonly name: string
  readonly about: ReactNode
  readonly design: TemplateDesign
  readonly children: ReactNode
}

const Card = ({ name, about, design, children }: CardProps) => (
  <li className={classes['card']}>
    <PaperThumbnail design={design} label={`${name}, as printed`} />
    <h3>{name}</h3>
    <div className={classes['about']}>{about}</div>
    <div className={classes['acts']}>{children}</div>
  </li>
)

const DefaultMenu = ({ template }: { readonly template: DocumentTemplate }) => (
  <Menu position="bottom-start" closeOnItemClick={false}>
    <Menu.Target>
      <ActionIcon aria-label={`What ${template.name} is the default of`}>
        {template.defaultFor.length > 0 ? <IconStarFilled size={15} /> : <IconStar size={15} />}
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>Default of</Menu.Label>
      {templateKinds.map((kind) => (
        <MenuAct
          calls="documentTemplates.setDefaults"
          key={kind}
          rightSection={template.defaultFor.includes(kind) ? 'Default' : null}
          leftSection={template.defaultFor.includes(kind) ? <IconStarFilled size={13} /> : <IconStar size={13} />}
          onClick={() => void toggleDefault(template, kind)}
        >
          {kindTexts[kind]}
        </MenuAct>
      ))}
    </Menu.Dropdown>
  </Menu>
)

const OwnCard = ({ template, onCopy }: { readonly template: DocumentTemplate; readonly onCopy: () => void }) => {
  const navigate = useNavigate()
  const { id, name, design, defaultFor } = template
  const open = () => void navigate({ to: '/settings/templates/$id', params: { id } })
  const about =
    defaultFor.length === 0 ? (
      `From ${layoutTexts[design.layout].name.toLowerCase()}`
    ) : (
      <StatusChip tone="accent" icon={IconStarFilled}>
        {defaultFor.map((kind) => kindTexts[kind]).join(', ')}
      </StatusChip>
    )
  return (
    <Card name={name} about={about} design={design}>
      <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} />} onClick={open}>
        Edit
      </Button>
      <DefaultMenu template={template} />
      <ActionIcon aria-label={`Duplicate ${name}`} onClick={onCopy}>
        <IconCopy size={15} />
      </ActionIcon>
      <ActionIcon aria-label={`Delete ${name}`} onClick={() => void remove(template)}>
        <IconTrash size={15} />
      </ActionIcon>
    </Card>
  )
}

/** Templates of documents: the four finished ones, and own ones made from them. */
export const TemplatesSection = () => {
  const templates = useApiQuery('documentTemplates', 'list', {})
  const navigate = useNavigate()
  if (templates.isError) {
    return <ErrorPanel {...describeError(templates.error)} onRetry={() => void templates.refetch()} />
  }
  if (templates.data === undefined) return <Skeleton />
  const own = templates.data
  const names = own.map(({ name }) => name)
  const make = async (wanted: string, design: TemplateDesign, defaultFor: TemplateKind[]) => {
    try {
      const made = await api.documentTemplates.create({ name: freeName(wanted, names), design, defaultFor })
      if (defaultFor.length > 0) {
        return showToast({
          message: `New documents use ${wanted}.`,
          undo: () => api.documentTemplates.delete(made),
        })
      }
      await navigate({ to: '/settings/templates/$id', params: { id: made.id } })
    } catch (thrown) {
      tell(thrown)
    }
  }
  return (
    <div className={classes['gallery']}>
      {own.length > 0 && (
        <section aria-label="Your templates">
          <h2>Yours</h2>
          <ul className={classes['cards']}>
            {own.map((template) => (
              <OwnCard
                key={template.id}
                template={template}
                onCopy={() => void make(`Copy of ${template.name}`.slice(0, 57), template.design, [])}
              />
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Finished templates">
        <h2>Finished</h2>
        <p>
          Shown with your own name and logo.{' '}
          {own.every(({ defaultFor }) => defaultFor.length === 0) && 'Documents are plain until you choose another.'}
        </p>
        <ul className={classes['cards']}>
          {designLayouts.map((layout) => {
            const { name, about } = layoutTexts[layout]
            return (
              <Card key={layout} name={name} about={about} design={designOf(layout)}>
                <Button size="compact-sm" variant="default" onClick={() => void make(name, designOf(layout), [])}>
                  Make it mine
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`Use for all documents: ${name}`}
                  onClick={() => void make(name, designOf(layout), [...templateKinds])}
                >
                  Use for all
                </Button>
              </Card>
            )
          })}
        </ul>
      </section>
    </div>
  )
}
