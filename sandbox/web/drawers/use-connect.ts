import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ConnectState } from '../../api/connect.ts';
import { useActions, useApp } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { reuse } from '../state/reconcile.ts';

/** The level of the throttling bucket changes with time, so it is polled while the drawer is open. */
const pollMs = 1000;

/** The current state of one Amazon Connect instance. */
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
  // This counter increases with each change
  useEffect(() => void refresh(), [refresh, pulse]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void refresh();
    }, pollMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return { connect, problem, refresh };
}
