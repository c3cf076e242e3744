import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import { appOrigin } from './scheme.ts'

type Place = { readonly label: string; readonly route: string; readonly accelerator: string }

const places: readonly Place[] = [
  { label: 'Home', route: '/', accelerator: 'CmdOrCtrl+1' },
  { label: 'Invoices', route: '/invoices', accelerator: 'CmdOrCtrl+2' },
  { label: 'Clients', route: '/clients', accelerator: 'CmdOrCtrl+3' },
  { label: 'Items', route: '/items', accelerator: 'CmdOrCtrl+4' },
  { label: 'Payments', route: '/payments', accelerator: 'CmdOrCtrl+5' },
]

const goTo = (window: BrowserWindow | null, route: string) => {
  // Only the part behind # differs, so the page stays and its router moves.
  void window?.loadURL(`${appOrigin}/#${route}`).catch(() => undefined)
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The application's menu; screens are reached by their route, everything else is the system's own. */
export const buildMenu = (currentWindow: () => BrowserWindow | null, platform = process.platform): Menu => {
  const go = ({ label, route, accelerator }: Place): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => goTo(currentWindow(), route),
  })
  const isMac = platform === 'darwin'
  return Menu.buildFromTemplate([
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        go({ label: 'New invoice', route: '/invoices/new', accelerator: 'CmdOrCtrl+N' }),
        go({ label: 'New payment', route: '/payments/new', accelerator: 'CmdOrCtrl+Shift+N' }),
        separator,
        go({ label: 'Settings', route: '/settings', accelerator: 'CmdOrCtrl+,' }),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...places.map(go),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about', label: 'About Counterfoil' }] },
  ])
}
