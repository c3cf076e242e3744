/** The kind of job that sends the reminders of plans that send by themselves. */
export const reminderJob = 'reminders.run'
