import { Button, FileButton, Input } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { DropArea } from '../../ui/drop-area.tsx'
import { bytesOf } from '../../ui/files.ts'
import { showToast } from '../../ui/toast.tsx'
import classes from './settings.module.css'

type Logo = { readonly mediaType: string; readonly content: Uint8Array }

/** The address under which the page can show these bytes; taken back when they change. */
const useObjectUrl = (logo: Logo | null | undefined): string | null => {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!logo) return setAddress(null)
    const made = URL.createObjectURL(new Blob([new Uint8Array(logo.content)], { type: logo.mediaType }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [logo])
  return address
}

const largestBytes = 2 * 1024 * 1024

const useSetLogo = () => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const set = async (logo: { fileName: string; content: Uint8Array } | null) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const before = await api.organizations.logo({})
      const { version } = await api.organizations.get({})
      const saved = await api.organizations.setLogo({ version, logo })
      showToast({
        message: logo === null ? 'Logo removed.' : 'Logo saved.',
        undo: () =>
          api.organizations.setLogo({
            version: saved.version,
            logo: before === null ? null : { fileName: 'logo', content: before.content },
          }),
      })
    } catch (thrown) {
      setProblem(describeError(thrown).message)
    }
    setBusy(false)
  }
  const choose = async (file: File | null | undefined) => {
    if (!file) return
    if (file.size > largestBytes)
      return setProblem('The logo is larger than 2 MB. Make it smaller and choose it again.')
    await set({ fileName: file.name, content: await bytesOf(file) })
  }
  return { set, choose, busy, problem }
}

/** The logo of documents: shown as it is, changed at once. */
export const LogoSetting = () => {
  const logo = useApiQuery('organizations', 'logo', {}).data
  const address = useObjectUrl(logo)
  const { set, choose, busy, problem } = useSetLogo()
  const reset = useRef<() => void>(null)
  return (
    <Input.Wrapper
      label="Logo"
      labelElement="div"
      labelProps={{ 'data-setting': true }}
      description="Printed at the head of documents: PNG or JPEG, at most 2 MB. Saved at once."
      error={problem}
    >
      <DropArea onFiles={([file]) => void choose(file)}>
        <div className={classes['logo']}>
          <div className={classes['logo-sheet']}>
            {address === null ? <span>No logo yet</span> : <img src={address} alt="Logo as printed" />}
          </div>
          <FileButton
            accept="image/png,image/jpeg"
            resetRef={reset}
            inputProps={{ 'aria-label': 'Logo file' }}
            onChange={(file) => {
              void choose(file)
              reset.current?.()
            }}
          >
            {(props) => (
              <Button variant="default" loading={busy} {...props}>
                {address === null ? 'Choose a logo' : 'Change the logo'}
              </Button>
            )}
          </FileButton>
          {address !== null && (
            <Button variant="subtle" onClick={() => void set(null)}>
              Remove
            </Button>
          )}
        </div>
      </DropArea>
    </Input.Wrapper>
  )
}
