import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { BankPreview, CsvProfile } from '../../../shared/contract/bank.ts'
import type { AppError } from '../../../shared/errors.ts'
import { api } from '../../api.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import { useCommand } from '../../app/queries.ts'
import { bytesOf } from '../../ui/files.ts'
import { showToast } from '../../ui/toast.tsx'

/** What a person decided about a file. */
export type FileChoice = {
  readonly accountId: string | null
  readonly newAccount: { readonly name: string; readonly currency: string } | null
  readonly csv: Partial<CsvProfile> | null
}

export type ChosenFile = {
  readonly name: string
  readonly content: Uint8Array
  readonly choice: FileChoice
}

const largest = 20 * 1024 * 1024

/** The files that wait to be imported, the first of them shown with its preview. */
export const useImport = () => {
  const navigate = useNavigate()
  const command = useCommand('bankStatements', 'import')
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const [preview, setPreview] = useState<BankPreview | null>(null)
  const [problem, setProblem] = useState<AppError | null>(null)
  const file = files[0]

  const add = async (chosen: readonly File[]) => {
    const fit = chosen.filter((it) => it.size <= largest)
    if (fit.length < chosen.length) {
      showToast({ message: 'Files over 20 MB are left out. Split them by dates.', tone: 'problem' })
    }
    const read = await Promise.all(
      fit.map(
        async (it): Promise<ChosenFile> => ({
          name: it.name,
          content: await bytesOf(it),
          choice: { accountId: null, newAccount: null, csv: null },
        }),
      ),
    )
    setFiles((old) => [...old, ...read])
  }

  useEffect(() => {
    if (file === undefined) return
    const stop = new AbortController()
    const ask = async () => {
      try {
        const answer = await api.bankStatements.preview(
          { fileName: file.name, content: file.content, ...file.choice },
          { signal: stop.signal },
        )
        if (stop.signal.aborted) return
        setPreview(answer)
        setProblem(null)
      } catch (thrown) {
        if (!stop.signal.aborted) setProblem(toAppError(thrown))
      }
    }
    void ask()
    return () => stop.abort()
  }, [file])

  const choose = (change: Partial<FileChoice>) =>
    setFiles(([first, ...rest]) =>
      first === undefined ? [] : [{ ...first, choice: { ...first.choice, ...change } }, ...rest],
    )

  const next = () => {
    setPreview(null)
    setProblem(null)
    setFiles((old) => old.slice(1))
  }

  const take = async () => {
    if (file === undefined) return
    try {
      const answer = await command.mutateAsync({ fileName: file.name, content: file.content, ...file.choice })
      const { newTransactions: count } = answer
      showToast({
        message: count === 0 ? `${file.name}: nothing new.` : `${file.name}: ${count} new lines.`,
      })
      if (files.length > 1) return next()
      const [account, ...more] = answer.accountIds
      await navigate({ to: '/banking', search: account !== undefined && more.length === 0 ? { account } : {} })
    } catch (thrown) {
      setProblem(toAppError(thrown))
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }

  return { file, waiting: files.length, preview, problem, add, choose, next, take, isBusy: command.isPending }
}

export type Import = ReturnType<typeof useImport>
