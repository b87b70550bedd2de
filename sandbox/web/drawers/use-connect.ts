import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ConnectState } from '../../api/connect.ts';
import { useActions, useApp } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { reuse } from '../state/reconcile.ts';

/** The level of the throttling bucket moves by itself: it is looked at while somebody looks. */
const pollMs = 1000;

/** One instance of Amazon Connect as it is now. */
export function useConnect(instance: string | null): {
  connect: ConnectState | null;
  problem: string | null;
  refresh: () => Promise<void>;
} {
  const { api } = useActions();
  const pulse = useApp((state) => state.pulse.connect);
  const [connect, setConnect] = useState<ConnectState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    try {
      const fresh = await api.connect(instance);
      setConnect((known) => reuse(known, fresh));
      setProblem(null);
    } catch (error) {
      setProblem(failureWords(error));
    }
  }, [api, instance]);
  // The pulse says that something changed
  useEffect(() => void refresh(), [refresh, pulse]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void refresh();
    }, pollMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return { connect, problem, refresh };
}
