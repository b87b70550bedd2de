import type { ConnectState } from '../../api/connect.ts';

/** How many calls each operation may make at once now; only buckets that are not full. */
export function BucketLevels({ bucket }: { bucket: ConnectState['bucket'] }) {
  const used = bucket.filter((level) => level.level < level.burst);
  const shown = used.length > 0 ? used : bucket.filter((level) => level.operation === 'CreateUser');
  return (
    <section class="drawer-section" aria-label="Throttling bucket">
      <h3>Throttling bucket</h3>
      <ul class="bucket-list">
        {shown.map(({ operation, level, burst }) => (
          <li key={operation}>
            <span class="bucket-name">{operation}</span>
            <meter
              class="bucket-meter"
              min={0}
              max={burst}
              low={1}
              value={Math.max(0, level)}
              aria-label={`${operation}: ${level.toFixed(1)} of ${burst} calls left`}
            />
            <span class="bucket-level">
              {level.toFixed(1)} / {burst}
            </span>
          </li>
        ))}
      </ul>
      {used.length === 0 && <p class="drawer-note">Every bucket is full.</p>}
    </section>
  );
}
