import { type CSSVariablesResolver, createTheme, type VariantColorsResolver } from '@mantine/core'
import classes from './theme.module.css'

const font = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

// Every colour that a Mantine component asks for comes from tokens.css; these shades only fill the library's shape.
const ink = [
  '#f1f4fa',
  '#e4eaf6',
  '#c5d1e9',
  '#a3b6da',
  '#7f98c9',
  '#5c7ab4',
  '#3d5c9a',
  '#2c4c88',
  '#1f3f77',
  '#183262',
] as const

const variantColors: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'red'
  const fg = danger ? 'var(--negative-fg)' : 'var(--accent)'
  const soft = danger ? 'var(--negative-bg)' : 'var(--accent-soft)'
  if (variant === 'filled') {
    return danger
      ? { background: 'var(--negative-fg)', hover: 'var(--negative-fg)', color: 'var(--paper-raised)', border: 'none' }
      : { background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)', border: 'none' }
  }
  if (variant === 'light') return { background: soft, hover: soft, color: fg, border: 'none' }
  if (variant === 'outline') return { background: 'transparent', hover: soft, color: fg, border: `1px solid ${fg}` }
  if (variant === 'default') {
    return {
      background: 'var(--paper-raised)',
      hover: 'var(--paper-hover)',
      color: danger ? fg : 'var(--ink)',
      border: '1px solid var(--hairline-strong)',
    }
  }
  return {
    background: 'transparent',
    hover: 'var(--paper-hover)',
    color: color === 'gray' ? 'var(--ink-soft)' : fg,
    border: 'none',
  }
}

/** The theme that turns the component library into paper and ink. */
export const theme = createTheme({
  fontFamily: font,
  fontFamilyMonospace: font,
  headings: { fontFamily: font, fontWeight: '600' },
  primaryColor: 'ink',
  primaryShade: 8,
  colors: { ink },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  variantColorResolver: variantColors,
  components: {
    Button: {
      defaultProps: { size: 'sm' },
      classNames: { root: classes['button'], loader: classes['loader'] },
      vars: (_: unknown, props: { size?: unknown }) =>
        props.size === 'sm'
          ? { root: { '--button-height': '32px', '--button-padding-x': '12px', '--button-fz': '13px' } }
          : { root: {} },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    InputWrapper: {
      classNames: { label: classes['label'], description: classes['description'], error: classes['error'] },
    },
    Input: {
      defaultProps: { size: 'sm' },
      classNames: { input: classes['input'] },
      vars: (_: unknown, props: { size?: unknown }) =>
        props.size === 'sm' ? { wrapper: { '--input-height': '32px', '--input-fz': '14px' } } : { wrapper: {} },
    },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { visibilityToggleFocusable: true } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    Select: {
      // The list itself scrolls: a scrolling box around it would be a stop that the keyboard cannot reach.
      defaultProps: {
        size: 'sm',
        allowDeselect: false,
        checkIconPosition: 'right',
        withAlignedLabels: true,
        withScrollArea: false,
      },
      classNames: { options: classes['options'] },
    },
    Checkbox: { defaultProps: { size: 'xs' }, classNames: { input: classes['check'], label: classes['check-label'] } },
    Radio: { defaultProps: { size: 'xs' }, classNames: { radio: classes['check'], label: classes['check-label'] } },
    Switch: { defaultProps: { size: 'sm' }, classNames: { track: classes['track'], label: classes['check-label'] } },
    ModalRoot: {
      // The page behind never scrolls as a whole, and the lock would need a style element of its own.
      defaultProps: { lockScroll: false, centered: false, yOffset: '12vh' },
    },
    Modal: {
      classNames: {
        content: classes['float'],
        header: classes['modal-header'],
        title: classes['modal-title'],
        overlay: classes['scrim'],
      },
    },
    Popover: {
      defaultProps: { transitionProps: { duration: 80 }, shadow: 'none' },
      classNames: { dropdown: classes['float'] },
    },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 80 },
        shadow: 'none',
        position: 'bottom-end',
        offset: 4,
        withInitialFocusPlaceholder: false,
      },
      classNames: { dropdown: classes['float'], item: classes['menu-item'], label: classes['menu-label'] },
    },
    Combobox: {
      defaultProps: { shadow: 'none', transitionProps: { duration: 80 } },
      classNames: { dropdown: classes['float'], option: classes['option'] },
    },
    Tooltip: {
      defaultProps: { openDelay: 350, transitionProps: { duration: 80 } },
      classNames: { tooltip: classes['tooltip'] },
    },
    Kbd: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs', transitionDuration: 100 } },
  },
})

const tied = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-faint)',
  '--mantine-color-placeholder': 'var(--ink-faint)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--negative-fg)',
  '--mantine-color-default': 'var(--paper-raised)',
  '--mantine-color-default-hover': 'var(--paper-hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--hairline-strong)',
  '--mantine-color-disabled': 'var(--paper-sunken)',
  '--mantine-color-disabled-color': 'var(--ink-faint)',
  '--mantine-color-disabled-border': 'var(--hairline)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-ink-filled': 'var(--accent)',
  '--mantine-color-ink-light': 'var(--accent-soft)',
  '--mantine-color-ink-outline': 'var(--accent)',
}

/** Ties the component library's own variables to the tokens, so that both schemes follow tokens.css alone. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: tied, dark: tied })
