/** Faults that wait for their operation. Each affects its next `times` matches and is then removed. */
import { z } from 'zod';
import type { ConnectFault, Fault } from '../api/wire.ts';
import { stsOperations } from './accounts/sts.ts';
import { SandboxProblem } from './problem.ts';
import { errorStatus } from './protocol/errors.ts';
import { model } from './protocol/model.ts';

const operation = z
  .string()
  .refine(
    (name) =>
      name === '*' ||
      Object.hasOwn(model.operations, name) ||
      stsOperations.some((operation) => operation === name),
    'not an operation',
  );
const of = <Kind extends ConnectFault['kind']>(kind: Kind) => ({
  on: z.literal('connect'),
  kind: z.literal(kind),
  operation,
  times: z.number().int().min(1).max(1e6).default(1),
});

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...of('error'),
    error: z.string().refine((type) => errorStatus(type) !== undefined, 'not an error type'),
    message: z.string().optional(),
  }),
  z.strictObject(of('html-502')),
  z.strictObject(of('reset')),
  z.strictObject({ ...of('slow'), delayMs: z.number().min(0).max(600_000) }),
  z.strictObject(of('hang')),
  z.strictObject(of('lose-answer')),
  z.strictObject(of('expired-token')),
]);

export type ConnectFaultSpec = ConnectFault & { times?: number };
type Waiting = z.infer<typeof faultSchema> & { id: string; used: number };

export class Faults {
  #waiting: Waiting[] = [];
  #count = 0;

  /** @throws SandboxProblem 400 that names the error in the description */
  add(spec: unknown): Fault {
    const parsed = faultSchema.safeParse(spec);
    if (!parsed.success) {
      throw new SandboxProblem(400, 'invalid_fault', z.prettifyError(parsed.error));
    }
    this.#count += 1;
    const fault = { ...parsed.data, id: `connect-${this.#count}`, used: 0 };
    this.#waiting.push(fault);
    return asFault(fault);
  }

  list(): Fault[] {
    return this.#waiting.map(asFault);
  }

  /** @returns whether there was such a fault. */
  remove(id: string): boolean {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((fault) => fault.id !== id);
    return this.#waiting.length < before;
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The oldest fault of these kinds that waits for this operation. Returning it uses it up once. */
  take<Kind extends Waiting['kind']>(
    operationName: string,
    ...kinds: readonly Kind[]
  ): Extract<Waiting, { kind: Kind }> | undefined {
    const isWanted = (fault: Waiting): fault is Extract<Waiting, { kind: Kind }> =>
      kinds.some((kind) => kind === fault.kind) &&
      (fault.operation === '*' || fault.operation === operationName);
    const fault = this.#waiting.find(isWanted);
    if (!fault) return undefined;
    fault.used += 1;
    if (fault.used >= fault.times) this.remove(fault.id);
    return fault;
  }
}

function asFault(fault: Waiting): Fault {
  const { message, ...rest } = fault as Waiting & { message?: string | undefined };
  return { ...rest, ...(message === undefined ? {} : { message }) } as Fault;
}
