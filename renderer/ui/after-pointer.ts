/**
 * Acts at once, or when the pointer that is down has been let go. A field is left by pressing a button: words that
 * appeared in that moment would move the button away from under the pointer, and the press would be lost.
 */
export const afterPointer = (act: () => void): void => {
  if (document.querySelector(':active') === null) {
    act()
    return
  }
  const release = () => {
    window.removeEventListener('pointerup', release)
    window.removeEventListener('pointercancel', release)
    // The click itself comes after the release.
    setTimeout(act)
  }
  window.addEventListener('pointerup', release)
  window.addEventListener('pointercancel', release)
}
