/** Runs the tasks of one person one after the other, so that many tasks of one person do not delay other people. */

export type PerUserQueue = {
  /** Whether another task of this person would be accepted. */
  hasRoom(personId: string): boolean;
  /**
   * Runs the task when this person's earlier tasks have ended, successfully or not.
   *
   * @returns false, without running the task, when too many of their tasks wait already; rejects when the task does
   */
  run(personId: string, work: () => Promise<void>): Promise<boolean>;
};

/** @param mostWaiting tasks of one person that may wait behind the running one */
export function createPerUserQueue(mostWaiting: number): PerUserQueue {
  const lines = new Map<string, { last: Promise<void>; size: number }>();
  const hasRoom = (personId: string) => (lines.get(personId)?.size ?? 0) <= mostWaiting;
  return {
    hasRoom,
    async run(personId, work) {
      if (!hasRoom(personId)) return false;
      const line = lines.get(personId) ?? { last: Promise.resolve(), size: 0 };
      line.size += 1;
      lines.set(personId, line);
      const turn = line.last.then(work, work);
      line.last = turn;
      try {
        await turn;
        return true;
      } finally {
        line.size -= 1;
        if (line.size === 0) lines.delete(personId);
      }
    },
  };
}
