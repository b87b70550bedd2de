import { z } from 'zod';
import type { ConnectSettings } from '../api/connect.ts';
import { SandboxProblem } from './problem.ts';
import { model } from './protocol/model.ts';

export type Settings = Required<ConnectSettings>;

/**
 * Throttling: the general default of the Amazon Connect API is 2 calls a second with a burst of 5. One list of quotas
 * gives some reads 10 a second; this default uses the lower number to be safe, and `perOperation` has the other.
 */
export const defaultSettings: Settings = {
  ratePerSecond: 2,
  burst: 5,
  latencyMs: 0,
  searchLagMs: 500,
  usersQuota: 500,
  othersPerSecond: 0,
  perOperation: {},
  // The API reference of the operation calls it an error.
  samlEmail: 'refused',
  usernames: 'documented',
};

const rate = z.number().positive().max(1e9);
const burst = z.number().int().min(1).max(1e9);

const patchSchema = z
  .strictObject({
    ratePerSecond: rate,
    burst,
    latencyMs: z.number().min(0).max(600_000),
    searchLagMs: z.number().min(0).max(86_400_000),
    usersQuota: z.number().int().min(0).max(1e9),
    othersPerSecond: z.number().min(0).max(1000),
    perOperation: z.record(
      z.string().refine((name) => Object.hasOwn(model.operations, name), 'not an operation'),
      z.strictObject({ ratePerSecond: rate, burst }),
    ),
    samlEmail: z.enum(['refused', 'allowed', 'required']),
    usernames: z.enum(['documented', 'as-observed']),
  })
  .partial();

/** @throws SandboxProblem 400 that names the setting. */
export function withPatch(settings: Settings, patch: unknown): Settings {
  const parsed = patchSchema.safeParse(patch);
  if (!parsed.success) {
    throw new SandboxProblem(400, 'invalid_settings', z.prettifyError(parsed.error));
  }
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(given) };
}
