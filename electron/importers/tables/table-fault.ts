/** A file that cannot be read as a table: what is wrong and what to do. */
export class TableFault extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TableFault'
  }
}
