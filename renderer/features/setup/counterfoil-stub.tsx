import { useWatch } from 'react-hook-form'
import { findCurrency } from '../../../shared/money/currencies.ts'
import { Logo } from '../../ui/logo.tsx'
import type { Country } from './country-guess.ts'
import type { SetupForm } from './setup-form.ts'
import classes from './welcome.module.css'

type Props = {
  readonly form: SetupForm
  readonly country: Country | undefined
  readonly firstNumber: string | undefined
}

/** The stub at the left of the slip: it fills itself with what is decided, as a counterfoil does. */
export const CounterfoilStub = ({ form, country, firstNumber }: Props) => {
  const [name, currency] = useWatch({ control: form.control, name: ['legalName', 'currency'] })
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['Business', name === '' ? undefined : name],
    ['Country', country?.name],
    ['Currency', currency ? `${currency} · ${findCurrency(currency)?.name ?? ''}` : undefined],
    ['First invoice', firstNumber],
  ]
  return (
    <aside className={classes['stub']} aria-label="What is filled in so far">
      <div className={classes['brand']}>
        <Logo size={28} />
        <span>Counterfoil</span>
      </div>
      <p className={classes['motto']}>The part you keep.</p>
      <dl className={classes['entries']}>
        {entries.map(([label, value]) => (
          <div key={label} className={classes['entry']}>
            <dt>{label}</dt>
            <dd>{value ?? <span className={classes['blank']} role="img" aria-label="not yet" />}</dd>
          </div>
        ))}
      </dl>
      <p className={classes['promise']}>Everything stays on this computer. No account, no network needed.</p>
    </aside>
  )
}
