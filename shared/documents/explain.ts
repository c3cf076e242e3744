import { computeDocument } from './calculate.ts'
import type { DocumentInput, Step } from './model.ts'

/**
 * How every total of a document came about, in the order computed: the calculation itself, listened to, so that its
 * results are those of `calculateDocument`. Throws the same errors.
 */
export const explainDocument = (input: DocumentInput): Step[] => {
  const steps: Step[] = []
  computeDocument(input, (step) => steps.push(step))
  return steps
}
