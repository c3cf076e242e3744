export const updateProblems = [
  'no-feed',
  'unreachable',
  'forged',
  'malformed',
  'older',
  'expired',
  'data-too-old',
  'not-for-this-computer',
  'cut',
  'oversized',
  'changed',
  'disk',
] as const
export type UpdateProblem = (typeof updateProblems)[number]

/** Why a release is not looked for, taken or installed; the message is for a person. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError'
  readonly problem: UpdateProblem

  constructor(problem: UpdateProblem, message: string) {
    super(message)
    this.problem = problem
  }
}
