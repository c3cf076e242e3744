import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { BringIn } from '../../app/bring-in.tsx'
import { describeError } from '../../app/errors.ts'
import { useWorkspace } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { showServerProblems } from '../../ui/form.tsx'
import { BusinessStep } from './business-step.tsx'
import { CounterfoilStub } from './counterfoil-stub.tsx'
import { type Country, guessCountry } from './country-guess.ts'
import { DefaultsStep } from './defaults-step.tsx'
import { DemoLoading } from './demo-loading.tsx'
import { DetailsStep } from './details-step.tsx'
import {
  applyCountry,
  fieldsOfStep,
  type SetupForm,
  type setupSchema,
  stepOfProblem,
  useSetupForm,
} from './setup-form.ts'
import { type Numbering, useNumbering } from './use-numbering.ts'
import { useDemo, useEnter } from './use-setup.ts'
import classes from './welcome.module.css'

const noCountries: readonly Country[] = []
const lastStep = fieldsOfStep.length - 1

const headings = (country: Country | undefined) => [
  { title: 'Set up your business', lead: 'Two answers, and you can write your first invoice.' },
  {
    title: `Filled in for ${country?.name ?? 'your country'}`,
    lead: 'Change what does not fit, now or later in Settings.',
  },
  { title: 'What your invoices say of you', lead: 'All of it can wait; invoices print what is here.' },
]

/** Chooses the country that this computer seems to be in, once, as long as none is chosen. */
const useGuess = (form: SetupForm, countries: readonly Country[]) => {
  useEffect(() => {
    if (countries.length === 0 || form.getValues('country') !== '') return
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    const guess = guessCountry(countries, { timezone: timeZone, languages: navigator.languages })
    if (guess !== null) applyCountry(form, guess)
  }, [countries, form])
}

const useSteps = (form: SetupForm, numbering: Numbering) => {
  const [step, setStep] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const create = useCommand('setup', 'createOrganization')
  const enter = useEnter()
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the step does
  useEffect(() => {
    // On the first screen one types at once; on the others the heading is read first, and Enter moves on from it.
    if (step === 0 && first.current) form.setFocus('legalName')
    else heading.current?.focus()
    first.current = false
  }, [step])
  const finish = (to: '/invoices/new' | '/') =>
    form.handleSubmit(
      async (values) => {
        try {
          await enter(await create.mutateAsync(values), to, numbering.keep)
        } catch (thrown) {
          showServerProblems<typeof setupSchema>(form, thrown)
          setStep(stepOfProblem(Object.keys(form.formState.errors)))
        }
      },
      (problems) => setStep(stepOfProblem(Object.keys(problems))),
    )()
  const next = async () => {
    if (step === lastStep) return await finish('/invoices/new')
    if (step === 1 && numbering.problem !== undefined) return
    if (await form.trigger([...(fieldsOfStep[step] ?? [])], { shouldFocus: true })) setStep(step + 1)
  }
  return { step, heading, next, back: () => setStep(step - 1), finish, busy: form.formState.isSubmitting }
}

/** The first run: three screens, two required fields, or the demo company. */
export const WelcomePage = () => {
  useDocumentTitle('Welcome · Counterfoil')
  const workspace = useWorkspace()
  const countries = useApiQuery('setup', 'countries', {})
  const form = useSetupForm()
  const code = useWatch({ control: form.control, name: 'country' })
  const known = countries.data ?? noCountries
  const country = known.find((it) => it.code === code)
  const today = workspace.data?.today ?? ''
  const numbering = useNumbering(form, country, today)
  const demo = useDemo()
  const { step, heading, next, back, finish, busy } = useSteps(form, numbering)
  useGuess(form, known)
  const words = headings(country)[step]
  const problem = form.formState.errors.root?.message
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void next()
  }
  const enterOnHeading = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void next()
  }
  return (
    <main className={classes['page']}>
      <div className={classes['slip']}>
        <CounterfoilStub form={form} country={country} firstNumber={numbering.first} />
        <div className={classes['sheet']}>
          {demo.busy ? (
            <DemoLoading />
          ) : (
            <form onSubmit={submit} noValidate className={classes['form']} aria-label="Set up your business">
              <div>
                <p className={classes['step']}>
                  Step {step + 1} of {lastStep + 1}
                </p>
                <h1 className={classes['title']} ref={heading} tabIndex={-1} onKeyDown={enterOnHeading}>
                  {words?.title}
                </h1>
                <p className={classes['lead']}>{words?.lead}</p>
              </div>
              {countries.isError && (
                <ErrorPanel {...describeError(countries.error)} onRetry={() => void countries.refetch()} />
              )}
              {problem !== undefined && (
                <p role="alert" className={classes['problem']}>
                  {problem}
                </p>
              )}
              <div className={classes['fields']}>
                {step === 0 && <BusinessStep form={form} countries={known} />}
                {step === 1 && <DefaultsStep form={form} country={country} today={today} numbering={numbering} />}
                {step === 2 && <DetailsStep form={form} country={country} />}
              </div>
              <div className={classes['buttons']}>
                {step === 0 ? (
                  <>
                    <Button variant="default" onClick={() => void demo.start()}>
                      {demo.exists ? 'Open the demo company' : 'Try with demo data'}
                    </Button>
                    <BringIn variant="subtle" />
                  </>
                ) : (
                  <Button variant="default" onClick={back}>
                    Back
                  </Button>
                )}
                <span className={classes['spring']} />
                {step === lastStep && (
                  <Button variant="default" disabled={busy} onClick={() => void finish('/')}>
                    Go to Home
                  </Button>
                )}
                <Button type="submit" loading={busy}>
                  {step === lastStep ? 'Write my first invoice' : 'Continue'}
                </Button>
              </div>
            </form>
          )}
        </div>
      </div>
      {(workspace.data?.organizations.length ?? 0) > 0 && (
        <Link to="/" className={classes['leave']}>
          Back to {workspace.data?.organizations[0]?.name}
        </Link>
      )}
    </main>
  )
}
