/** The first field whose text cannot be read as what it stands for; an empty required field is another matter. */
export const unreadableField = (place: HTMLElement | null): HTMLInputElement | undefined =>
  [...(place?.querySelectorAll<HTMLInputElement>('input:invalid') ?? [])].find((input) => input.validity.customError)
