import { tokenHours } from './tokens.ts'

type Facts = { readonly name: string; readonly business: string; readonly token: string }

/** The mail with a one-time code. */
export const codeText = (name: string, code: string) => ({
  subject: 'Your code for Counterfoil',
  text: `Hello ${name},

your code for Counterfoil is ${code}

It is good for ten minutes and once. Nobody will ever ask you for it. If you are not signing in just now, somebody else
has your password: change it.
`,
})

const steps = (token: string) => `    ${token}

1. On the computer with Counterfoil, choose "I was given a code" on the sign-in page.
2. Copy the code into it.
3. Choose a password of your own.

It works once and for ${tokenHours} hours. Do not pass it on: whoever has it can come in as you.`

/** The mail that lets somebody in for the first time. */
export const invitationText = ({ name, business, token }: Facts) => ({
  subject: `${business}: your way into Counterfoil`,
  text: `Hello ${name},

you were added to the people who work on the books of ${business}. Come in with this code:

${steps(token)}
`,
})

/** The mail with which somebody sets a new password. */
export const resetText = ({ name, business, token }: Facts) => ({
  subject: `${business}: a new password for Counterfoil`,
  text: `Hello ${name},

somebody who manages the people of ${business} had this code made, so that you can set a new password:

${steps(token)}

If you did not ask for it, tell them: until the code is used your password stays as it is.
`,
})
