import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { dataAddress } from '../ui/data-address.ts'
import { PersonMark } from '../ui/person-mark.tsx'
import { useApiQuery } from './queries.ts'

export type Face = {
  readonly id: string
  readonly name: string
  readonly color: string | null
  readonly pictureId: string | null
}

/** The address of a person's picture; null for initials, and until it is there. */
const usePicture = ({ id, pictureId }: Face, atDoor: boolean): string | null => {
  const { data = null } = useQuery({
    // Another picture has another id: what was read once stays true.
    queryKey: ['picture', id, pictureId],
    queryFn: async () => {
      const picture = await (atDoor ? api.access.picture({ userId: id }) : api.users.picture({ id }))
      return picture === null ? null : dataAddress(picture.content, picture.mediaType)
    },
    enabled: pictureId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return pictureId === null ? null : data
}

type Props = {
  readonly person: Face
  readonly size?: number
  /** Nobody is signed in yet: the front door answers. */
  readonly atDoor?: boolean
}

/** A person as everybody sees them: the picture, else initials on their colour. */
export const PersonFace = ({ person, size, atDoor = false }: Props) => (
  <PersonMark
    name={person.name}
    color={person.color}
    picture={usePicture(person, atDoor)}
    {...(size === undefined ? {} : { size })}
  />
)

/** The face of whoever did something, small enough for a line of text; nothing for what happened by itself. */
export const ActorFace = ({ userId }: { readonly userId: string | null }) => {
  const faces = useApiQuery('users', 'faces', {}, { enabled: userId !== null }).data
  const face = faces?.find(({ id }) => id === userId)
  return face === undefined ? null : <PersonFace person={face} size={16} />
}
