import type { Replayed } from '../../../shared/contract/backups.ts'
import { againWords, nextWords, stopWords } from '../../app/restore/replay-words.ts'
import { useFormats } from '../../ui/locale.tsx'

/** What a restore did again from the log of damaged data, why no more, and what is left to do. */
export const DoneAgain = ({ replayed }: { readonly replayed: Replayed }) => {
  const formats = useFormats()
  const { commands, stop } = replayed
  return (
    <>
      {stop?.why !== 'unknown' && (
        <p>
          {commands > 0
            ? `Done again from the log of the damaged data: ${againWords(replayed, formats)}.`
            : 'Nothing that the log of the damaged data tells could be done again.'}
        </p>
      )}
      {stop !== null && (
        <p>
          {stopWords(stop, formats)} {nextWords(stop)}
        </p>
      )}
    </>
  )
}
