import { RestoreSteps } from '../../app/restore/restore-steps.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** Finding a backup and going back to it, in a dialog; while it runs, the front door says how far it is. */
export const RestoreDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => (
  <Dialog open={open} onClose={onClose} title="Go back to a backup" size="xl">
    <RestoreSteps takesFocus />
  </Dialog>
)
