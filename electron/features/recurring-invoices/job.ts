/** The kind of job that makes what is due of a schedule. */
export const recurringJob = 'recurring.run'
