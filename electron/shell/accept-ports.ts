import type { IpcMain, MessagePortMain, WebFrameMain } from 'electron'
import { appOrigin } from './scheme.ts'

/** Whether a message comes from the top frame of our own page; frames that are gone have no sender. */
export const isOwnPage = (frame: Pick<WebFrameMain, 'parent' | 'origin'> | null): boolean =>
  frame !== null && frame.parent === null && frame.origin === appOrigin

/** Takes the port that a page hands over, checks who sent it and gives it to `serve`. */
export const acceptPorts = (ipc: IpcMain, serve: (port: MessagePortMain) => void): void => {
  ipc.on('counterfoil:port', (event) => {
    const [port, ...more] = event.ports
    if (port === undefined) return
    if (more.length > 0 || !isOwnPage(event.senderFrame)) {
      for (const refused of event.ports) refused.close()
      return
    }
    serve(port)
  })
}
