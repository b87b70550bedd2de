/**
 * The only table of Slack's limits in the sandbox. Nothing in `src/` may import it: the bot has to respect the limits
 * independently of the code that checks it.
 *
 * Sources: `docs` is docs.slack.dev (Block Kit reference, or the page of the method or guide), `types` is a comment
 * in @slack/types, `seen` is an answer of the real service that somebody published, and `guess` is none of these.
 */
export type Limit = {
  max: number;
  /** Minimum count or length; 0 when absent. */
  min?: number;
  source: string;
};

export const limits = {
  // Surfaces
  blocksPerMessage: { max: 50, source: 'docs: Block Kit, seen: "no more than 50 items allowed"' },
  blocksPerView: { max: 100, min: 1, source: 'docs: Block Kit; that none is refused is a guess' },
  viewTitle: { max: 24, min: 1, source: 'docs: views; seen: "must be less than 25 characters"' },
  viewSubmit: { max: 24, min: 1, source: 'docs: views' },
  viewClose: { max: 24, min: 1, source: 'docs: views' },
  callbackId: { max: 255, source: 'docs: views' },
  externalId: { max: 255, source: 'docs: views' },
  privateMetadata: { max: 3000, source: 'docs: views' },
  viewBytes: { max: 250_000, source: 'docs: views.open, view_too_large' },
  viewStackDepth: { max: 3, source: 'docs: modals, push_limit_reached' },
  messageText: { max: 40_000, source: 'docs: chat.postMessage, longer text is cut' },
  notificationText: { max: 240, source: 'guess: about what a locked phone shows of a message' },
  updateText: { max: 4_000, source: 'docs: chat.update, msg_too_long' },
  messageBlocksText: { max: 13_200, source: 'seen: msg_blocks_too_long at about 13.2k characters' },
  metadataBytes: { max: 8_000, source: 'guess: metadata_too_large names no number' },

  // Blocks
  blockId: { max: 255, min: 1, source: 'docs: blocks; seen: minLength 1 in a schema of Slack’s' },
  actionId: { max: 255, min: 1, source: 'docs: elements; the empty id is refused by guess' },
  sectionText: { max: 3000, min: 1, source: 'docs: section; seen: "less than 3001 characters"' },
  sectionFields: { max: 10, min: 1, source: 'docs: section' },
  sectionFieldText: {
    max: 2000,
    min: 1,
    source: 'docs: section; seen: "less than 2001 characters"',
  },
  headerText: { max: 150, min: 1, source: 'docs: header' },
  contextElements: { max: 10, min: 1, source: 'docs: context' },
  contextText: { max: 3000, min: 1, source: 'docs: text object' },
  actionsElements: { max: 25, min: 1, source: 'docs: actions' },
  inputLabel: { max: 2000, min: 1, source: 'docs: input' },
  inputHint: { max: 2000, min: 1, source: 'docs: input' },
  imageUrl: { max: 3000, min: 1, source: 'docs: image' },
  imageAlt: { max: 2000, min: 1, source: 'docs: image; the empty text is refused by guess' },
  imageTitle: { max: 2000, min: 1, source: 'docs: image' },
  videoTitle: { max: 199, min: 1, source: 'docs: video, "less than 200 characters"' },
  videoDescription: { max: 199, min: 1, source: 'docs: video, "less than 200 characters"' },
  videoAuthor: { max: 49, min: 1, source: 'docs: video, "less than 50 characters"' },
  markdownText: { max: 12_000, min: 1, source: 'docs: markdown, for all such blocks of a message' },
  tableRows: { max: 100, min: 1, source: 'docs: table' },
  tableCells: { max: 20, min: 1, source: 'docs: table' },
  dataTableRows: {
    max: 101,
    min: 2,
    source: 'docs: data table, a header and 100 rows; one client says 200, so a guess',
  },
  dataTableCells: { max: 20, min: 1, source: 'docs: data table' },
  dataTablePage: { max: 100, min: 1, source: 'docs: data table' },
  dataTableCaption: { max: 3000, min: 1, source: 'guess: the page names no greatest length' },
  dataTablesText: { max: 10_000, source: 'docs: data table, all cells of a message together' },
  alertText: { max: 200, min: 1, source: 'docs: alert' },
  tablesPerMessage: { max: 1, source: 'docs: table, only_one_table_allowed' },

  // Elements
  placeholder: { max: 150, min: 1, source: 'docs: elements' },
  buttonText: { max: 75, min: 1, source: 'docs: button' },
  buttonValue: { max: 2000, min: 1, source: 'docs: button; the empty value is refused by guess' },
  buttonUrl: { max: 3000, min: 1, source: 'docs: button' },
  accessibilityLabel: { max: 75, min: 1, source: 'docs: button' },
  options: { max: 100, min: 1, source: 'docs: select; seen: "no more than 100 items allowed"' },
  optionGroups: { max: 100, min: 1, source: 'docs: select' },
  checkboxOptions: { max: 10, min: 1, source: 'docs: checkboxes; seen: "no more than 10 items"' },
  radioOptions: { max: 10, min: 1, source: 'docs: radio buttons' },
  overflowOptions: { max: 5, min: 1, source: 'docs: overflow' },
  optionText: { max: 75, min: 1, source: 'docs: option' },
  optionValue: {
    max: 75,
    min: 1,
    source: 'types: option; newer pages say 150: which holds is a guess',
  },
  optionDescription: { max: 75, min: 1, source: 'docs: option' },
  optionUrl: { max: 3000, min: 1, source: 'docs: option' },
  optionGroupLabel: { max: 75, min: 1, source: 'docs: option group' },
  suggestions: { max: 100, source: 'docs: external select, options of one answer' },
  confirmTitle: { max: 100, min: 1, source: 'docs: confirmation dialog' },
  confirmText: { max: 300, min: 1, source: 'docs: confirmation dialog' },
  confirmButton: { max: 30, min: 1, source: 'docs: confirmation dialog' },
  textInputMinLength: { max: 3000, source: 'docs: plain-text input' },
  textInputMaxLength: { max: 3000, min: 1, source: 'docs: plain-text input' },
  textInputInitial: { max: 3000, source: 'guess: the longest text the input can hold' },
  richTextInputLines: { max: 100, min: 1, source: 'types: rich text input' },
  fileInputMaxFiles: { max: 10, min: 1, source: 'docs: file input' },
  fileInputBytes: { max: 10_000_000, source: 'docs: file input, 10 MB a file' },

  // Time and traffic
  triggerMs: { max: 3000, source: 'docs: trigger_id expires after three seconds' },
  ackMs: { max: 3000, source: 'docs: acknowledge within three seconds' },
  responseUrlUses: { max: 5, source: 'docs: response_url, up to five times' },
  responseUrlMs: { max: 30 * 60_000, source: 'docs: response_url, within 30 minutes' },
  sockets: { max: 10, source: 'docs: Socket Mode, up to ten connections' },
  socketUrlMs: { max: 60_000, source: 'guess: how long an unused wss:// address is good' },
  commandText: { max: 3000, source: 'guess: the composer takes more, a command does not need it' },
  pageSize: { max: 1000, min: 1, source: 'docs: pagination, limit under 1,000' },
  uploadBytes: { max: 1_000_000_000, source: 'docs: files, 1 GB a file' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/**
 * Calls a minute by tier (docs: rate limits). That a bucket starts full and refills evenly, and the size of the
 * allowed burst, are guesses: Slack only says "short bursts are tolerated".
 */
export const ratesPerMinute = {
  tier1: { perMinute: 1, burst: 5 },
  tier2: { perMinute: 20, burst: 20 },
  tier3: { perMinute: 50, burst: 50 },
  tier4: { perMinute: 100, burst: 100 },
  /**
   * auth.test and apps.connections.open: "hundreds of requests per minute" is documented for the first and a guess
   * for the second.
   */
  special: { perMinute: 200, burst: 200 },
  /** chat.postMessage: one a second for each channel, with a short burst (guess: five). */
  postPerChannel: { perMinute: 60, burst: 5 },
  /** chat.postMessage in the whole workspace: "several hundred messages per minute" (guess: 300). */
  postPerWorkspace: { perMinute: 300, burst: 300 },
} as const;

export type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'special' | 'post';

/** The delays after which an unacknowledged event is sent again (docs: Events API, retries). */
export const retryDelaysMs: readonly number[] = [0, 60_000, 300_000];
