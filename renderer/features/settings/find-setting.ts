import { showField } from '../../ui/show-field.ts'

/** Brings a setting of the section that is being opened into view and focuses it, once its section has loaded. */
export const showSetting = (name: string): void => showField(name)
