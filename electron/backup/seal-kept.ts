import { openFileStore } from '../files.ts'

/** Brings kept files of a place in the clear, by their paths, sealed into an encrypted folder. Gives those that are nowhere. */
export const sealKept = async (
  from: string,
  directory: string,
  paths: readonly string[],
  key: Uint8Array,
  onFile: (done: number) => void = () => undefined,
): Promise<string[]> => {
  const source = openFileStore(from, null)
  const target = openFileStore(directory, key)
  const nowhere: string[] = []
  for (const [index, path] of paths.entries()) {
    const hash = path.slice(path.lastIndexOf('/') + 1)
    const content = await source.get(hash).catch(() => target.get(hash).catch(() => null))
    if (content === null) nowhere.push(path)
    else await target.put(content)
    onFile(index + 1)
  }
  return nowhere
}
