/** Starts both halves of the sandbox together: the workspace with its page, and Amazon Connect, without a bot. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ConnectSettings } from './api/connect.ts';
import { type ConnectSandbox, startConnect } from './connect/server.ts';
import { createPage } from './page.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './server.ts';

export type WorkspaceOptions = Omit<SandboxOptions, 'port' | 'connect' | 'page' | 'manifest'> & {
  /** 0 takes any free one. */
  readonly port?: number;
  readonly connectPort?: number;
  readonly connectSettings?: Partial<ConnectSettings>;
  /** Without it the page answers 404; building it takes half a second. */
  readonly withPage?: boolean;
  /** A different manifest from the product's own. */
  readonly manifest?: unknown;
};

export type Workspace = {
  readonly url: string;
  readonly slack: Sandbox;
  readonly connect: ConnectSandbox;
  stop(): Promise<void>;
};

/** The manifest with the custom step; everything else in it equals manifest.yml (test/manifest.test.ts). */
export function readManifest(): unknown {
  return parse(readFileSync(new URL('../manifest.workflow.yml', import.meta.url), 'utf8'));
}

export async function startWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const {
    port = 0,
    connectPort = 0,
    connectSettings,
    withPage = false,
    manifest,
    ...world
  } = options;
  const late: { slack: Sandbox | null } = { slack: null };
  const [connect, page] = await Promise.all([
    startConnect({
      port: connectPort,
      ...(connectSettings ? { settings: connectSettings } : {}),
      onCall: (call) => late.slack?.onConnectCall(call),
      onChange: (instance) => late.slack?.onConnectChange(instance),
    }),
    withPage ? createPage() : undefined,
  ]);
  try {
    const slack = await startSandbox({
      ...world,
      port,
      connect,
      manifest: manifest ?? readManifest(),
      ...(page ? { page } : {}),
    });
    late.slack = slack;
    return {
      url: slack.url,
      slack,
      connect,
      async stop() {
        await slack.stop();
        await connect.stop();
      },
    };
  } catch (error) {
    await connect.stop();
    throw error;
  }
}
