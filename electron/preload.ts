import { ipcRenderer } from 'electron'

// The page makes a channel and posts one end here; this passes it on and knows nothing of what it carries.
window.addEventListener('message', (event) => {
  const [port] = event.ports
  if (event.source !== window || event.data !== 'counterfoil:port' || port === undefined) return
  ipcRenderer.postMessage('counterfoil:port', null, [port])
})
