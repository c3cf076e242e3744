import { type ComponentProps, lazy, Suspense } from 'react'

const Field = lazy(async () => ({
  default: (await import('../features/mail/addresses-field.tsx')).AddressesField,
}))

/** E-mail addresses as chips: where the mail's field meets other screens that send. */
export const AddressesField = (props: ComponentProps<typeof Field>) => (
  <Suspense fallback={null}>
    <Field {...props} />
  </Suspense>
)
