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
  /** The sign-in address of its users (`InstanceAccessUrl`); absent when Connect does not return it. */
  readonly accessUrl?: string;
  /**
   * The sign-in address with global resiliency (`GlobalSignInEndpoint`), which is independent of the active Region.
   */
  readonly globalSignInUrl?: string;
};

/** A hierarchy group as the search lists it, with the ids of itself and of all groups above it, top first. */
export type ListedGroup = HierarchyGroup & { readonly pathIds?: readonly string[] };

export type UserSummary = { readonly id: string; readonly arn: string; readonly username: string };

/** An existing user in Connect, with the members that the bot needs. */
export type ExistingUser = UserSummary & {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly securityProfileIds: readonly string[];
  readonly routingProfileId?: string;
  readonly hierarchyGroupId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Contact data of the person; none of it is copied to another user. */
  readonly contact?: {
    readonly email?: string;
    readonly secondaryEmail?: string;
    readonly mobile?: string;
    readonly deskPhoneNumber?: string;
  };
  /** The phone settings of the user; absent when the answer does not contain them. */
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
  /** The bot's own tags, in addition to the user's. */
  readonly tags: Readonly<Record<string, string>>;
};

/**
 * The outcome of one deliberate send of CreateUser. `unclear`: Connect may or may not have created the
 * user, so it must be looked up before anything is sent again.
 */
export type CreateOutcome = CreateAnswer & {
  /** AWS's request id (`x-amzn-RequestId`), for AWS Support and CloudTrail; absent without an answer. */
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
      /** `row`: this user is invalid; `instance`: nothing can be created before a person has corrected something. */
      readonly scope: 'row' | 'instance';
      readonly reason: 'duplicate' | 'invalid' | 'not-found' | 'quota' | 'denied';
      /** Connect's message as plain text, limited in length and with secrets removed. */
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
  /** All users, with names and profiles, through SearchUsers, which lags behind creation. */
  searchUsers(): Promise<ExistingUser[]>;
  /** The users with this security profile, through SearchUsers, which lags behind creation. */
  usersWithProfile(securityProfileId: string): Promise<ExistingUser[]>;
  /** The user with exactly this username, through SearchUsers, which lags behind creation. */
  findUser(username: string): Promise<ExistingUser | null>;
  /** The permissions and limits of a security profile. */
  securityProfile(id: string): Promise<SecurityProfileFacts>;
  /** Only the permissions of a security profile, in one call instead of five. Throws `ConnectReadError`. */
  permissionsOf(securityProfileId: string): Promise<string[]>;
  /** Name → values of the attributes for proficiencies. */
  predefinedAttributes(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The proficiencies of a user. Throws `ConnectReadError`. */
  proficienciesOf(userId: string): Promise<Proficiency[]>;
  /** Gives a user these proficiencies; existing ones stay unchanged. Throws `ConnectReadError`. */
  addProficiencies(userId: string, proficiencies: readonly Proficiency[]): Promise<void>;
  /**
   * Adds a user to a traffic distribution group; has no effect when the user is already in it. Throws
   * `ConnectReadError`.
   */
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
