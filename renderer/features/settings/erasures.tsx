import { describeError } from '../../app/errors.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { FormSection } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import classes from './settings.module.css'

type Erasure = ApiOutput<'dataRights', 'erasures'>[number]

const askedBy: Readonly<Record<Erasure['askedBy'], string>> = {
  person: 'asked by the person',
  representative: 'asked for the person',
  authority: 'asked by an authority',
  business: 'by our own decision',
}

const Entry = ({ erasure }: { readonly erasure: Erasure }) => {
  const formats = useFormats()
  const kept =
    erasure.retainedUntil === null
      ? 'Nothing had to stay.'
      : `${erasure.keptCount} documents and payments stay until ${formats.date(erasure.retainedUntil)} (${erasure.rule}).`
  return (
    <li>
      {formats.instant(erasure.at)}: client {erasure.clientCode}, {askedBy[erasure.askedBy]}
      {erasure.by === null ? '' : `, done by ${erasure.by}`}. {erasure.reason}
      <br />
      <span className={classes['quiet']}>{kept}</span>
    </li>
  )
}

/** Every erasure of a client, without who it was. */
export const Erasures = () => {
  const erasures = useApiQuery('dataRights', 'erasures', {})
  return (
    <FormSection
      title="Erasures"
      hint="Clients whose data was erased, and what the law still keeps of their documents."
    >
      {erasures.data === undefined ? (
        erasures.isError && <ErrorPanel {...describeError(erasures.error)} onRetry={() => void erasures.refetch()} />
      ) : erasures.data.length === 0 ? (
        <p className={classes['quiet']}>Nobody was erased. It is done on the page of a client, under More actions.</p>
      ) : (
        <ul>
          {erasures.data.map((erasure) => (
            <Entry key={erasure.id} erasure={erasure} />
          ))}
        </ul>
      )}
    </FormSection>
  )
}
