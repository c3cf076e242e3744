import { assertSees } from '../people/shown.ts'
import type { Handlers } from '../rpc/context.ts'
import { account, removeAccount, saveAccount, testAccount } from './mail/account.ts'
import { compose } from './mail/compose.ts'
import { message, outbox, standing } from './mail/outbox.ts'
import { cancel, markBounced, markSeen, retry, send } from './mail/sending.ts'
import { resetTemplate, saveTemplate, template } from './mail/templates.ts'

/** The mail account, message templates, and the outbox whose jobs do the sending. */
export const mail: Handlers<'mail'> = {
  account,
  saveAccount,
  testAccount,
  removeAccount,
  template,
  saveTemplate,
  resetTemplate,
  compose,
  // The paper goes to whatever address is written.
  send: async (context, input) => {
    assertSees(context, input.entity)
    return await send(context, input)
  },
  outbox,
  standing,
  message,
  retry,
  cancel,
  markBounced,
  markSeen,
}
