import { useEffect, useRef, useState } from 'react'
import { api, call } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { newId } from '../../ids.ts'
import { type AgedRow, rowIdOf } from './aged-state.ts'

type Composed = ApiOutput<'statements', 'compose'>

export type SendState =
  | { readonly step: 'reading' }
  | { readonly step: 'ready'; readonly composed: Composed }
  /** Nothing can go out, and why. */
  | { readonly step: 'blocked'; readonly obstacle: string }
  /** It cannot go out, and why. */
  | { readonly step: 'held'; readonly reason: string }
  | { readonly step: 'sending'; readonly composed: Composed }
  | { readonly step: 'sent'; readonly to: readonly string[] }
  | { readonly step: 'failed'; readonly reason: string; readonly composed: Composed }

type Period = { readonly from: string; readonly to: string }

const readyOrHeld = (composed: Composed): SendState => {
  if (composed.obstacle !== null) return { step: 'blocked', obstacle: composed.obstacle }
  if (composed.to.length === 0) return { step: 'held', reason: 'No e-mail address: add one on the client.' }
  return { step: 'ready', composed }
}

/** Statements of several clients, one message each: written first, then sent one after the other, each with its result. */
export const useSendMany = (rows: readonly AgedRow[], period: Period) => {
  const [states, setStates] = useState<ReadonlyMap<string, SendState>>(new Map())
  const [busy, setBusy] = useState(false)
  const isHere = useRef(true)
  const { from, to } = period
  const put = (id: string, state: SendState) => setStates((old) => new Map(old).set(id, state))
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  useEffect(() => {
    const stop = new AbortController()
    const write = async () => {
      setStates(new Map(rows.map((row) => [rowIdOf(row), { step: 'reading' }])))
      for (const row of rows) {
        const { clientId, currency } = row
        const state = await api.statements
          .compose({ clientId, currency, from, to }, { signal: stop.signal })
          .then(readyOrHeld)
          .catch((thrown: unknown): SendState => ({ step: 'held', reason: describeError(thrown).message }))
        if (stop.signal.aborted) return
        setStates((old) => new Map(old).set(rowIdOf(row), state))
      }
    }
    void write()
    return () => stop.abort()
  }, [rows, from, to])

  const send = async (sendAt: string | null) => {
    setBusy(true)
    for (const row of rows) {
      const id = rowIdOf(row)
      const state = states.get(id)
      if (state?.step !== 'ready' && state?.step !== 'failed') continue
      const { composed } = state
      // Closing the dialog stops what has not gone yet.
      if (!isHere.current) return
      put(id, { step: 'sending', composed })
      const { clientId, currency } = row
      try {
        const { to: addresses, subject, body } = composed
        const statement = { clientId, currency, from, to }
        const message = { statement, to: addresses, cc: [], subject, body, sendAt }
        await call('statements', 'send', message, { idempotencyKey: newId() })
        put(id, { step: 'sent', to: addresses })
      } catch (thrown) {
        put(id, { step: 'failed', reason: describeError(thrown).message, composed })
      }
    }
    setBusy(false)
  }
  return { states, busy, send }
}
