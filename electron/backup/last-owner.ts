/** Whether a change was refused because an organization would be left without an owner. */
export const isLastOwner = (error: unknown): boolean => error instanceof Error && error.message.includes('last owner')
