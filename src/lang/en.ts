/**
 * What is said to people, by where it is said. What tools answer is for a model and stays in English. Every other
 * language is a file of this shape beside this one.
 */
export const en = {
  /** The field of a form, or the line at a terminal, that says yes. */
  yes: {
    tick: 'Yes, do it',
    type: (name: string) => `Type ${name} to confirm`,
    /** What is typed at a terminal where there is nothing to tick. */
    word: 'yes',
    typeWord: 'Do it? Type yes',
  },
  /** The pages that hand secrets over and take them in. */
  page: {
    language: 'en',
    minutes: (count: number) => (count === 1 ? 'a minute' : `${count} minutes`),
    show: {
      ready: 'This is shown once, so have the place ready where you keep it.',
      button: 'Show it',
      left: (time: string) => `Unopened, the page is gone in ${time}.`,
      copy: 'Copy',
      copied: 'Copied',
      keep: 'Keep it now: this page cannot be opened again.',
      unopened: 'This page lasted ten minutes and is gone. Nobody opened it.',
      opened: (at: string) =>
        `This page opens once and was opened at ${at}. If that was not you, somebody else knows what was on it.`,
    },
    enter: {
      where: 'It goes to the server on this machine and from there to Gigahost, not into the conversation.',
      missing: 'Nothing was filled in.',
      tooLong: 'That is too long.',
      wrong: (problem: string) => `That ${problem}.`,
      button: 'Hand it over',
      left: (time: string) => `This page takes it once, and is gone in ${time}.`,
      done: 'It is there. Go back to the assistant; this page can be closed.',
      unfilled: 'This page lasted ten minutes and is gone. Nobody filled it in.',
      filled: (at: string) => `This page was filled in at ${at}. If that was not you, tell whoever sent you here.`,
    },
    refused: {
      unknown: ['There is no such page', 'What made it may have ended since.'],
      host: ['Not here', 'This address is reached under another name.'],
      method: ['Not like this', 'Open the page in a browser.'],
      size: ['Too much', 'Nothing needs to be sent along.'],
      site: ['Not from there', 'Open the page itself and press its button.'],
      later: ['Not now', 'What keeps this page cannot be reached. Try again in a minute.'],
    },
  },
  ask: {
    orNothing: 'or nothing',
    or: ' or ',
    unseen: 'not shown',
  },
  /** Where credentials are kept; after "in". */
  place: {
    file: (path: string) => `the file ${path}`,
    keychain: (platform: string): string =>
      platform === 'darwin'
        ? 'the macOS keychain'
        : platform === 'win32'
          ? 'the Windows Credential Manager'
          : 'the keyring of your desktop',
  },
  login: {
    intro: (address: string) =>
      `Sign in to Gigahost (${address}). An API key from the Gigahost panel is best: it can be limited, and it needs no two-factor code.`,
    apiKey: 'API key, or nothing for user name and password',
    noApiKey: 'That is no API key: one begins with flux_live_ and has 64 hex digits after it.',
    username: 'User name',
    password: 'Password',
    secondFactor: 'Two-factor sign-in: a code, or the secret that codes are made of; nothing if the account has none',
    noSecondFactor: 'That is neither a code of six digits nor a base32 secret.',
    left: 'Left. Nothing was kept.',
    checking: 'Asking Gigahost …',
    keeping: 'Keeping it; the keychain may show a dialog …',
    signedIn: (name: string, id: string | null) =>
      `Gigahost takes it: account ${name}${id === null ? '' : ` (customer ${id})`}.`,
    nameless: 'without a name',
    unknownAccount: 'Gigahost takes it, but the key may not read whose account it is.',
    categories: {
      account: 'the account',
      servers: 'servers',
      dns: 'DNS zones',
      webhosting: 'web hosting',
      billing: 'billing and invoices',
    },
    mayRead: (what: string) => `It may read: ${what}.`,
    mayReadNothing: 'It may read nothing that was tried.',
    mayNotRead: (what: string) => `It may not read: ${what}.`,
    keyChanges:
      'Whether it may also change these, or only some of them, Gigahost does not tell; the panel shows it. Managing API keys and reading the log of activity are closed to every key.',
    mayAll: (access: string | null) =>
      `It may do all that this user may${access === null ? '' : ` (access: ${access})`}.`,
    unsure: (what: string) => `Could not be tried now: ${what}.`,
    kept: (where: string) =>
      `Kept in ${where}. Every gigahost-mcp of this user finds it there, a running one with its next call.`,
    noKeychain: (why: string) => `(Not in a keychain: ${why})`,
    notKept: (why: string) => `Gigahost takes it, but it could not be kept: ${why}`,
    codeEnds:
      'The code signed in now, but a session that ends cannot be renewed without another one: run login again then, or give the secret that codes are made of, or, better, an API key.',
    codeWithoutCache:
      'A code signs in once, and GIGAHOST_TOKEN_CACHE is off, so the session would be gone at once. Give the secret that codes are made of, or an API key. Nothing was kept.',
    givenWins:
      'Credentials are also set in the environment or the configuration file; where they are, they win over what is kept.',
    problems: {
      none: (why: string) => `There is nothing to sign in with${why && `: ${why}`}. Nothing was kept.`,
      refused: (why: string) =>
        `Gigahost refuses it${why && ` (${why})`}. Check what you entered, and the two-factor code if the account has that. Nothing was kept.`,
      unreachable: (why: string) =>
        `Gigahost could not be asked${why && ` (${why})`}, so it is not known whether it is right. Nothing was kept; try again later.`,
    },
  },
  logout: {
    forgotten: (where: string) =>
      `The credentials in ${where} are forgotten. A running server forgets them within a minute.`,
    nothing: (address: string) => `No credentials were kept for ${address}.`,
    session: 'Its session is forgotten too. Gigahost has no way to end one early: it ends by itself.',
    givenStays: 'Credentials that are set in the environment or the configuration file stay, and still sign in.',
    failed: (why: string) => `Nothing was forgotten: ${why}`,
  },
  setup: {
    which: 'Which assistants shall have Gigahost? (space to mark, Enter to go on)',
    noneFound: 'No assistant that we know was found here. Put this into the configuration of yours:',
    forOther: 'Put this into the configuration of your assistant:',
    noSuchClient: (name: string, known: string) => `There is no assistant "${name}". There are: ${known}, all, other.`,
    badName: (name: string) => `--name is ${JSON.stringify(name)}; it can be letters, digits, - and _.`,
    noTerminal: (known: string) =>
      `There is no terminal to ask on. Name the assistants with --client (${known}, all, other) and say --yes; --sandbox or credentials choose the account.`,
    account: 'Which account?',
    ownAccount: 'My Gigahost account',
    sandbox: 'The sandbox: a demo account on this machine, nothing is real',
    noCredentials:
      'There are no Gigahost credentials. Run gigahost-mcp login first, or set GIGAHOST_API_KEY_FILE, or use --sandbox.',
    inConfig:
      'The credentials are put into the configuration of the assistant, in plain text: whoever reads that file has your account.',
    asItIs: 'It is set up already; nothing changes there.',
    writeIt: 'Write this?',
    yes: 'Yes',
    no: 'No',
    nothingDone: 'Nothing was written.',
    written: (file: string, backup: string) => `Written. What ${file} held is kept as ${backup}`,
    made: (file: string) => `Written: ${file}`,
    starting: (client: string) => `Starting the server as ${client} will…`,
    works: (client: string, tools: number) =>
      `It works: started as ${client} will start it, the server has ${tools} tools.`,
    restart: (client: string) => `Restart ${client}, then ask: which servers do I have?`,
    newSession: (client: string) => `Begin a new session in ${client}, then ask: which servers do I have?`,
    failed: {
      'not started': (client: string, command: string) => `${client} will not be able to start the server: ${command}`,
      ended: (client: string, command: string) =>
        `Started as ${client} will start it, the server ended at once: ${command}`,
      'no answer': (client: string, command: string) =>
        `Started as ${client} will start it, the server did not answer: ${command}`,
      refused: (client: string, command: string) =>
        `Started as ${client} will start it, the server refused to serve: ${command}`,
    },
    leftAlone: 'The file was left as it is.',
    byHand: 'To set it up by hand, put this into it:',
    why: {
      unparsable: (line: number, column: number, what: string) =>
        `It cannot be read: there is a fault at line ${line}, column ${column} (${what}).`,
      noRoot: 'It does not hold one object.',
      noTable: (key: string) => `What stands under ${key} is no list of servers by name.`,
      taken: (name: string, starts: string) =>
        `There is a server "${name}" already, and it is another program (${starts}). Choose another name with --name.`,
      notEditable: 'It says something twice, or in a way that cannot be changed safely.',
      notText: 'It is no UTF-8 text.',
      listLost: (file: string) =>
        `${file}, which lists what setup changed, cannot be understood. Delete it: what it listed can then only be undone by hand.`,
      outOfReach: (code: string) => `It cannot be read or written (${code}).`,
    },
    nothingToUndo: 'There is nothing that setup wrote.',
    undoes: (file: string) => `Setup changed ${file}`,
    undoQuestion: 'Take that back?',
    noTerminalToUndo: 'There is no terminal to ask on. Say --yes to take back what setup wrote.',
    undone: {
      restored: (file: string, _name: string) => `${file} is as it was before.`,
      deleted: (file: string, _name: string) => `${file} was made by setup and is deleted.`,
      'entry removed': (file: string, name: string, backup: string | null) =>
        `${file} was changed since, so only the entry "${name}" was taken out.${backup === null ? '' : ` What it held before setup is still in ${backup}`}`,
      'nothing left': (file: string, name: string) => `There is no entry "${name}" of ours in ${file} any more.`,
    },
  },
};

export type Messages = typeof en;
