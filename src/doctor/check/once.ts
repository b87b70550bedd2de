/** Reads something once and returns the same answer or error again, for several of doctor's checks. */

export function once<Answer>(read: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}

/** The same, separately for each id. */
export function onceEach<Answer>(
  read: (id: string) => Promise<Answer>,
): (id: string) => Promise<Answer> {
  const reads = new Map<string, () => Promise<Answer>>();
  return (id) => {
    const known = reads.get(id) ?? once(() => read(id));
    reads.set(id, known);
    return known();
  };
}
