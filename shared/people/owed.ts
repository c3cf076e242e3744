/** What somebody who has just signed in owes before anything else is shown or done. */
export const owedKinds = ['new-password', 'second-factor'] as const
export type Owed = (typeof owedKinds)[number]
