import './trusted-types.ts'
import './no-eval.ts'
import '@fontsource-variable/inter/wght.css'
import './app/tokens.css'
import '@mantine/core/styles.layer.css'
import './app/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
