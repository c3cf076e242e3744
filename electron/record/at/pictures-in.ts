import { join } from 'node:path'

/** The folder of pictures: everything in it can be made again. */
export const picturesIn = (directory: string): string => join(directory, 'past')
