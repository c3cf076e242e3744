import { RPCHandler } from '@orpc/server/message-port'
import { portWire } from '../../shared/contract/wire.ts'
import { type CallLimit, createCallLimit, limitingCalls } from '../rpc/call-limit.ts'
import type { RpcRouter } from '../rpc/router.ts'

type Port = Parameters<InstanceType<typeof RPCHandler>['upgrade']>[0] & { readonly start: () => void }

/** Answers the calls of a window over the port that it handed over, with a limit of its own. */
export const servePort = (router: RpcRouter, port: Port, limit: CallLimit = createCallLimit()): void => {
  new RPCHandler(router, { ...portWire, interceptors: [limitingCalls(limit)] }).upgrade(port)
  port.start()
}
