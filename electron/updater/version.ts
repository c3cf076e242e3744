const form = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})(?:-([0-9A-Za-z.-]{1,40}))?$/

/** Whether a text is a version as releases have them: `1.2.3` or `1.2.3-beta.1`. */
export const isVersion = (text: string): boolean => form.test(text)

const compareParts = (a: string, b: string): number => {
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (left && right) return Math.sign(Number(a) - Number(b))
  // Semantic Versioning 2.0.0, 11.4: numbers come before words.
  if (left !== right) return left ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}

const comparePreviews = (a: string | undefined, b: string | undefined): number => {
  if (a === b) return 0
  // What is finished is newer than its previews.
  if (a === undefined) return 1
  if (b === undefined) return -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = compareParts(part, other)
    if (order !== 0) return order
  }
  return left.length < right.length ? -1 : 0
}

/** Orders two versions as Semantic Versioning does: negative where `a` is older; RangeError for what is no version. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [form.exec(a), form.exec(b)]
  if (left === null || right === null) throw new RangeError(`"${left === null ? a : b}" is no version.`)
  for (const index of [1, 2, 3]) {
    const order = Number(left[index]) - Number(right[index])
    if (order !== 0) return Math.sign(order)
  }
  return comparePreviews(left[4], right[4])
}
