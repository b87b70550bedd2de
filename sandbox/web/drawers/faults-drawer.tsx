import { FaultPanel } from './fault-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';

/** Slack's own faults; those of Connect are in its drawer. */
export function FaultsDrawer() {
  return (
    <div class="drawer-body">
      <p class="drawer-note">
        What Slack does on a bad day. A fault acts on its next matches, then it is gone.
      </p>
      <FaultPanel on="slack" />
      <PeoplePanel />
    </div>
  );
}
