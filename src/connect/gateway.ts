/** Amazon Connect as the rest of the bot sees it: one gateway an instance. */
import type {
  HierarchyGroup,
  IdentityMode,
  Named,
  NewUser,
  Proficiency,
} from '../users/new-user.ts';
import type { SecurityProfileFacts } from './security-profile.ts';

export type InstanceFacts = {
  readonly id: string;
  readonly arn: string;
  readonly identityMode: IdentityMode;
  /** Where its people sign in (`InstanceAccessUrl`); absent when Connect does not tell. */
  readonly accessUrl?: string;
  /** Where they do with global resiliency (`GlobalSignInEndpoint`), whichever Region is active. */
  readonly globalSignInUrl?: string;
};

/** A hierarchy group as the search lists it: with the ids of itself and of all above it, top first. */
export type ListedGroup = HierarchyGroup & { readonly pathIds?: readonly string[] };

export type UserSummary = { readonly id: string; readonly arn: string; readonly username: string };

/** A user as Connect holds it, as far as the bot needs to know. */
export type ExistingUser = UserSummary & {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly securityProfileIds: readonly string[];
  readonly routingProfileId?: string;
  readonly hierarchyGroupId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** How the person is reached; nothing of it is copied to somebody else. */
  readonly contact?: {
    readonly email?: string;
    readonly secondaryEmail?: string;
    readonly mobile?: string;
    readonly deskPhoneNumber?: string;
  };
  /** How calls reach the user; absent where the answer does not hold it. */
  readonly phone?: {
    readonly type: 'soft' | 'desk';
    readonly autoAccept: boolean;
    readonly persistentConnection: boolean;
    readonly afterContactWorkSeconds: number;
  };
};

export type CreateInput = {
  readonly user: NewUser;
  /** Absent for SAML and directory instances. */
  readonly password?: string;
  /** Tags of the bot's own, beside the user's. */
  readonly tags: Readonly<Record<string, string>>;
};

/**
 * The outcome of one deliberate send of CreateUser. `unclear`: Connect may or may not have created the
 * user, so it must be looked up before anything is sent again.
 */
export type CreateOutcome = CreateAnswer & {
  /** AWS's id of the request (`x-amzn-RequestId`), which AWS Support and CloudTrail know; absent without an answer. */
  readonly awsRequestId?: string;
};

type CreateAnswer =
  | { readonly kind: 'created'; readonly userId: string; readonly userArn: string }
  | { readonly kind: 'throttled' }
  /** The request never left this machine (no address, no connection, no credentials): nothing was created. */
  | {
      readonly kind: 'not-sent';
      /**
       * `clock`: AWS refuses requests that are signed with a wrong time; `credentials`: no credentials were available.
       */
      readonly reason: 'away' | 'clock' | 'credentials';
      readonly detail: string;
    }
  | { readonly kind: 'unclear'; readonly detail: string }
  | {
      readonly kind: 'refused';
      /** `row`: this user is wrong; `instance`: nothing can be created until somebody acts. */
      readonly scope: 'row' | 'instance';
      readonly reason: 'duplicate' | 'invalid' | 'not-found' | 'quota' | 'denied';
      /** What Connect said, as plain text, bounded and with secrets taken out. */
      readonly detail: string;
    };

export type ConnectGateway = {
  /** The instance's alias in the configuration. */
  readonly alias: string;
  instance(): Promise<InstanceFacts>;
  routingProfiles(): Promise<Named[]>;
  securityProfiles(): Promise<Named[]>;
  hierarchyGroups(): Promise<ListedGroup[]>;
  users(): Promise<UserSummary[]>;
  describeUser(userId: string): Promise<ExistingUser | null>;
  /** Everybody, with names and profiles, through SearchUsers: lags behind creation. */
  searchUsers(): Promise<ExistingUser[]>;
  /** Those who have this security profile, through SearchUsers: lags behind creation. */
  usersWithProfile(securityProfileId: string): Promise<ExistingUser[]>;
  /** By exact username, through SearchUsers: lags behind creation. */
  findUser(username: string): Promise<ExistingUser | null>;
  /** What a security profile gives and limits. */
  securityProfile(id: string): Promise<SecurityProfileFacts>;
  /** The permissions of a security profile alone, in one call instead of five. Throws `ConnectReadError`. */
  permissionsOf(securityProfileId: string): Promise<string[]>;
  /** Name → values of the attributes that proficiencies are about. */
  predefinedAttributes(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What a user is good at. Throws `ConnectReadError`. */
  proficienciesOf(userId: string): Promise<Proficiency[]>;
  /** Gives a user these proficiencies; those that it has already are left alone. Throws `ConnectReadError`. */
  addProficiencies(userId: string, proficiencies: readonly Proficiency[]): Promise<void>;
  /** Puts a user into a traffic distribution group; harmless when it is there. Throws `ConnectReadError`. */
  joinTrafficDistributionGroup(userId: string, groupId: string): Promise<void>;
  /** Sends CreateUser exactly once; never retries. */
  createUser(input: CreateInput): Promise<CreateOutcome>;
  close(): void;
};

/** A read that did not succeed, after its retries. `createUser` does not throw this. */
export class ConnectReadError extends Error {
  override readonly name = 'ConnectReadError';
  readonly kind: 'throttled' | 'unavailable' | 'denied' | 'not-found' | 'invalid';
  readonly operation: string;

  constructor(
    kind: ConnectReadError['kind'],
    operation: string,
    options: { cause: unknown; detail: string },
  ) {
    super(`${operation}: ${options.detail}`, { cause: options.cause });
    this.kind = kind;
    this.operation = operation;
  }
}
