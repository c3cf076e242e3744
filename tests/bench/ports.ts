import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { RPCHandler } from '@orpc/server/message-port'
import type { RpcRouter } from '../../electron/rpc/router.ts'
import { portWire } from '../../shared/contract/wire.ts'

type Calls = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>>

/** Two message channels in this process: one that speaks RPC, one that only carries values there and back. */
export const openPorts = async (router: RpcRouter) => {
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router, portWire).upgrade(port1)
  port1.start()
  port2.start()
  // The client has the shape of the router; a bench names its calls by text.
  const client = createORPCClient(new RPCLink({ port: port2, ...portWire })) as unknown as Calls
  const { port1: far, port2: near } = new MessageChannel()
  far.on('message', (value) => far.postMessage(value))
  let answered: (value: unknown) => void = () => undefined
  near.on('message', (value) => answered(value))
  return {
    rpc: (feature: string, procedure: string, input: unknown) => {
      const call = client[feature]?.[procedure]
      if (call === undefined) throw new Error(`no ${feature}.${procedure}`)
      return call(input)
    },
    echo: (value: unknown) =>
      new Promise((resolve) => {
        answered = resolve
        near.postMessage(value)
      }),
    close: async () => {
      for (const port of [port1, port2, far, near]) port.close()
      await Promise.resolve()
    },
  }
}
