import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { contract, Output } from '../../../shared/contract/index.ts'
import { describeError } from '../../app/errors.ts'
import { chooseOrganization, useWorkspace } from '../../app/organization.ts'
import { useCommand } from '../../app/queries.ts'
import { showToast } from '../../ui/toast.tsx'

type Created = Output<(typeof contract)['setup']['createOrganization']>

/** Goes into an organization that was just made: to its first invoice, or home. */
export const useEnter = () => {
  const navigate = useNavigate()
  return async ({ id }: Created, to: '/invoices/new' | '/', then?: () => Promise<void>) => {
    await chooseOrganization(id)
    await then?.()
    await navigate({ to })
  }
}

/** Makes the demo company, or opens the one that is there. */
export const useDemo = () => {
  const workspace = useWorkspace()
  const load = useCommand('setup', 'loadDemo')
  const enter = useEnter()
  const [busy, setBusy] = useState(false)
  const existing = workspace.data?.organizations.find((it) => it.isDemo)
  const start = async () => {
    setBusy(true)
    try {
      await enter(existing ?? (await load.mutateAsync({})), '/')
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
      setBusy(false)
    }
  }
  return { start, busy, exists: existing !== undefined }
}
