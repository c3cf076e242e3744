import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { describeError } from '../../app/errors.ts'
import { useOrganizationId } from '../../app/organization.ts'
import { queryKey, useApiQuery, useCommand } from '../../app/queries.ts'
import { showToast } from '../../ui/toast.tsx'

/** Where backups stand, asked again while one is under way, and what can be done about them. */
export const useBackups = () => {
  const client = useQueryClient()
  const organizationId = useOrganizationId()
  const query = useApiQuery('backups', 'status', {})
  const [acting, setActing] = useState(false)
  const { refetch } = query
  const isRunning = acting || (query.data?.running ?? null) !== null
  // A backup changes nobody's data, so no change event tells how far it is.
  useEffect(() => {
    const timer = setInterval(() => void refetch(), isRunning ? 400 : 30_000)
    return () => clearInterval(timer)
  }, [isRunning, refetch])
  const create = useCommand('backups', 'create')
  const verify = useCommand('backups', 'verify')
  const drill = useCommand('backups', 'drill')
  const takeOver = useCommand('backups', 'takeOver')
  const beginAnew = useCommand('backups', 'beginAnew')
  const setSettings = useCommand('backups', 'setSettings')
  const doing = async <T>(work: Promise<T>): Promise<T | null> => {
    setActing(true)
    try {
      return await work
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
      return null
    } finally {
      setActing(false)
      void refetch()
    }
  }
  return {
    query,
    isRunning,
    show: (status: BackupStatus) => client.setQueryData(queryKey('backups', 'status', organizationId, {}), status),
    create: async () => {
      const status = await doing(create.mutateAsync({}))
      if (status === null || status.main.problem !== null) return
      // Said apart from the one that worked: who only sees a tick believes in both.
      if ((status.second?.problem ?? null) === null) showToast({ message: 'A backup was made and checked.' })
      else showToast({ message: 'A backup was made on this computer, but none in the second place.', tone: 'problem' })
    },
    verify: (file: string) => doing(verify.mutateAsync({ file })),
    drill: async () => {
      const status = await doing(drill.mutateAsync({}))
      if (status !== null && status.drill?.problem === null)
        showToast({ message: 'A restore was tried, and it works.' })
    },
    takeOver: () => doing(takeOver.mutateAsync({})),
    beginAnew: () => doing(beginAnew.mutateAsync({})),
    setSettings,
  }
}

export type Backups = ReturnType<typeof useBackups>
