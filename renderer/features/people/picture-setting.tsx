import { Button, FileButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import type { Me } from '../../app/me.ts'
import { PersonFace } from '../../app/person-face.tsx'
import { DropArea } from '../../ui/drop-area.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'
import { PictureCrop } from './picture-crop.tsx'
import { type Cut, readChosen, squarePicture } from './square-picture.ts'

const useSetPicture = (version: number) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ImageBitmap | null>(null)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await work().catch((thrown: unknown) => setProblem(describeError(thrown).message))
    setBusy(false)
  }
  const close = () => {
    chosen?.close()
    setChosen(null)
  }
  return {
    choose: (file: Blob) => attempt(async () => setChosen(await readChosen(file))),
    remove: () =>
      attempt(async () => {
        await api.users.setPicture({ version, picture: null })
        showToast({ message: 'Picture removed.' })
      }),
    save: async (picture: ImageBitmap, cut: Cut) => {
      await api.users.setPicture({ version, picture: await squarePicture(picture, cut) })
      showToast({ message: 'Picture saved.' })
      close()
    },
    chosen,
    close,
    busy,
    problem,
  }
}

const pictureIn = (event: ClipboardEvent): File | undefined =>
  [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'))

/** Takes a picture that is pasted anywhere on the page while this is shown. */
const usePaste = (take: (file: File) => void) => {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = pictureIn(event)
      if (file === undefined) return
      event.preventDefault()
      latest.current(file)
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])
}

type Props = { readonly me: Me & { readonly id: string }; readonly name: string; readonly color: string | null }

/** One’s own picture: chosen, dropped or pasted, then cut as one likes. */
export const PictureSetting = ({ me, name, color }: Props) => {
  const { choose, remove, save, close, chosen, busy, problem } = useSetPicture(me.version)
  const reset = useRef<() => void>(null)
  usePaste((file) => void choose(file))
  return (
    <DropArea onFiles={([file]) => file !== undefined && void choose(file)}>
      <div className={classes['picture']}>
        <PersonFace person={{ id: me.id, name, color, pictureId: me.pictureId }} size={72} />
        <div className={classes['picture-words']}>
          <div className={classes['buttons']}>
            <FileButton
              accept="image/png,image/jpeg,image/webp"
              resetRef={reset}
              inputProps={{ 'aria-label': 'Picture file' }}
              onChange={(file) => {
                if (file !== null) void choose(file)
                reset.current?.()
              }}
            >
              {(props) => (
                <Button variant="default" loading={busy} {...props}>
                  {me.pictureId === null ? 'Choose a picture' : 'Change the picture'}
                </Button>
              )}
            </FileButton>
            {me.pictureId !== null && (
              <Button variant="subtle" onClick={() => void remove()}>
                Remove
              </Button>
            )}
          </div>
          <p
            className={problem === null ? classes['quiet'] : classes['problem']}
            role={problem === null ? undefined : 'alert'}
          >
            {problem ?? 'Or drop or paste one here. You choose what of it is shown; it is kept small.'}
          </p>
        </div>
      </div>
      {chosen !== null && <PictureCrop picture={chosen} onSave={(cut) => save(chosen, cut)} onClose={close} />}
    </DropArea>
  )
}
