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
  doctor: {
    titles: {
      program: 'Program',
      configuration: 'Configuration',
      secretFiles: 'Secret files',
      state: 'State directory',
      proxy: 'Proxy',
      connection: 'Connection',
      clock: 'Clock',
      account: 'Sign-in',
      permissions: 'Permissions',
      tools: 'Tools',
      clients: 'Assistants',
      support: 'Support of Node',
    },
    statuses: { ok: 'ok', warning: 'warning', problem: 'problem', skipped: 'not looked at' },
    looking: 'Looking …',
    allWell: 'Nothing is wrong.',
    sum: (problems: number, warnings: number) =>
      `${[problems > 0 && `${problems} ${problems === 1 ? 'problem' : 'problems'}`, warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`].filter(Boolean).join(', ')}.`,
    first: (what: string) => `First: ${what}`,
    finds: {
      late: (seconds: number) => ({
        says: `This check did not end within ${seconds} s.`,
        does: 'Run gigahost-mcp doctor again; if it stays so, report it.',
      }),
      failed: (why: string) => ({
        says: `This check itself failed: ${why}`,
        does: 'Report that; the other checks stand.',
      }),
      sandbox: () => ({ says: 'The sandbox needs no account.' }),
      because: (check: string) => ({ says: `See ${check} first.` }),

      running: (version: string, node: string, platform: string) => ({
        says: `gigahost-mcp ${version} on Node ${node}, ${platform}.`,
      }),
      nodeTooOld: (node: string, wanted: string) => ({
        says: `Node ${node} is too old.`,
        does: `Install Node ${wanted} or later.`,
      }),
      nodeSupported: (node: string) => ({ says: `Nothing is known against Node ${node}.` }),
      nodeEnded: (node: string, day: string) => ({
        says: `Node ${node} has had no security fixes since ${day}.`,
        does: 'Install a newer Node when you can; this one still works.',
      }),

      configured: (file: string | undefined, from: { flag: string; variable: string; file: string }) => ({
        says: `${file === undefined ? 'No configuration file' : `Configuration file ${file}`}; ${
          [
            from.flag && `flags: ${from.flag}`,
            from.variable && `variables: ${from.variable}`,
            from.file && `from the file: ${from.file}`,
          ]
            .filter(Boolean)
            .join('; ') || 'all is as by default'
        }.`,
      }),
      refused: (message: string) => ({
        says: message,
        does: 'Correct that, or take it away; until then the server does not start.',
      }),
      tlsUnchecked: () => ({
        says: 'NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever is on the line can pose as Gigahost and take your credentials.',
        does: 'Take that variable away; for a CA of your own, set GIGAHOST_CA_FILE.',
      }),
      unread: (name: string, meant: string | undefined) => ({
        says: `The variable ${name} is set, and nothing reads it.`,
        does: meant === undefined ? `Take ${name} away.` : `Did you mean ${meant}?`,
      }),

      secretFiles: (names: string) => ({
        says: names === '' ? 'No credential is read from a file of yours.' : `Readable, by you alone: ${names}.`,
      }),
      secretUnreadable: (name: string, code: string) => ({
        says: `The file that ${name} names cannot be read (${code}).`,
        does: `Correct the path in ${name}, or let this user read the file.`,
      }),
      secretEmpty: (name: string) => ({
        says: `The file that ${name} names is empty.`,
        does: 'Put the secret into that file, with nothing else in it.',
      }),
      secretOpen: (name: string, mode: string) => ({
        says: `Others on this machine can use the file that ${name} names (mode ${mode}).`,
        does: 'Run chmod 600 on that file; if somebody may have read it, make a new key or password.',
      }),

      state: (folder: string, journal: string | undefined) => ({
        says: `${folder} can be used; ${journal === undefined ? 'changes are not recorded (--journal off)' : `changes are recorded in ${journal}`}.`,
      }),
      stateUnusable: (folder: string, code: string) => ({
        says: `The state directory ${folder} cannot be written (${code}).`,
        does: 'Let this user write there, or name another folder in GIGAHOST_STATE_DIR.',
      }),
      stateForeign: (folder: string, uid: number) => ({
        says: `The state directory ${folder} belongs to another user (uid ${uid}).`,
        does: 'Name a folder of your own in GIGAHOST_STATE_DIR, or give that one to this user with chown.',
      }),
      stateOpen: (folder: string, mode: string) => ({
        says: `Others on this machine can look into the state directory ${folder} (mode ${mode}).`,
        does: `Run: chmod 700 "${folder}"`,
      }),
      keptUnusable: (why: string) => ({
        says: `What gigahost-mcp login kept cannot be used: ${why}`,
        does: 'Do what that says, or run: gigahost-mcp login',
      }),
      journalUnwritable: (file: string, code: string) => ({
        says: `The journal ${file} cannot be written (${code}), and nothing is changed without it.`,
        does: 'Let this user write it, or choose another file with --journal.',
      }),

      noProxy: () => ({ says: 'No proxy is used.' }),
      proxyIdle: (name: string) => ({
        says: `${name} is set, and does not count here: Gigahost is reached by https.`,
        does: 'If this network needs a proxy, set HTTPS_PROXY too.',
      }),
      proxyPassedBy: (proxy: string, host: string) => ({
        says: `The proxy ${proxy} is not used for ${host}, as NO_PROXY says.`,
      }),
      proxyUsed: (proxy: string) => ({ says: `The proxy ${proxy} is used and lets through.` }),
      proxyDown: (proxy: string, code: string) => ({
        says: `The proxy ${proxy} cannot be reached (${code}).`,
        does: 'Correct HTTPS_PROXY, or take it away where Gigahost is reached without a proxy.',
      }),
      proxyWantsLogin: (proxy: string) => ({
        says: `The proxy ${proxy} asks for a user name and password (407).`,
        does: 'Put them into HTTPS_PROXY: http://user:password@host:port',
      }),
      proxyLogin: (proxy: string) => ({
        says: `The proxy ${proxy} does not take the user name and password in HTTPS_PROXY (407).`,
        does: 'Correct them in HTTPS_PROXY; signs such as @ and : are written as %40 and %3A there.',
      }),
      proxyRefuses: (proxy: string, status: string) => ({
        says: `The proxy ${proxy} refuses to connect to Gigahost (${status}).`,
        does: 'Ask whoever runs the proxy to allow the API host, or name the host in NO_PROXY where it is reached directly.',
      }),
      caBroken: () => ({
        says: 'The file in GIGAHOST_CA_FILE holds something that is no certificate.',
        does: 'Put the certificate of the CA into it as PEM (-----BEGIN CERTIFICATE-----).',
      }),
      nodeCaBroken: () => ({
        says: 'The file in NODE_EXTRA_CA_CERTS cannot be read or holds no certificate, so Node leaves it out.',
        does: 'Correct NODE_EXTRA_CA_CERTS, or take it away.',
      }),

      reachable: (host: string, ms: number) => ({ says: `The API at ${host} answers, in ${ms} ms.` }),
      nameUnknown: (host: string, code: string) => ({
        says: `The name ${host} cannot be looked up (${code}).`,
        does: 'Check the connection of this machine and its DNS, and GIGAHOST_BASE_URL; behind a proxy, set HTTPS_PROXY.',
      }),
      noConnection: (host: string, code: string) => ({
        says: `No connection to ${host} (${code}).`,
        does: 'Check the connection of this machine, its firewall, and GIGAHOST_BASE_URL.',
      }),
      noConnectionInTime: (host: string) => ({
        says: `${host} does not take the connection: nothing comes back.`,
        does: 'A firewall is likely: allow connections to that host, or set HTTPS_PROXY where a proxy is the way out.',
      }),
      certificateExpired: (host: string) => ({
        says: `The certificate of ${host} has expired.`,
        does: 'Check the clock of this machine; if it is right, whoever runs that host (or the proxy that opens TLS) has to renew it.',
      }),
      certificateNotYet: (host: string) => ({
        says: `The certificate of ${host} is not valid yet.`,
        does: 'Set the clock of this machine: it is likely behind.',
      }),
      certificateOfOther: (host: string) => ({
        says: `What answers at ${host} has the certificate of another name.`,
        does: 'Check GIGAHOST_BASE_URL, DNS and the hosts file: something else may be posing as Gigahost. No credentials were sent.',
      }),
      certificateUntrusted: (host: string, issuer: string) => ({
        says: `The certificate of ${host} comes from "${issuer}", which this machine does not trust.`,
        does: 'If that is the CA of your company, which opens TLS, save its certificate as PEM and name the file in GIGAHOST_CA_FILE (or NODE_EXTRA_CA_CERTS). If not, somebody is in between: do not go on.',
      }),
      tlsBroken: (host: string, code: string) => ({
        says: `No secure connection to ${host}: TLS fails (${code}).`,
        does: 'Check GIGAHOST_BASE_URL (host and port), and whether a firewall or proxy stands in between.',
      }),
      page: (host: string, status: number, title: string) => ({
        says: `What answers at ${host} is a web page${title && ` ("${title}")`} (${status}), not the API.`,
        does: 'Sign in to this network in a browser if it asks for that (a captive portal); else check GIGAHOST_BASE_URL.',
      }),
      redirected: (host: string, to: string) => ({
        says: `What answers at ${host} leads on to ${to || 'nowhere'}, which is not followed.`,
        does: 'Sign in to this network in a browser if it asks for that (a captive portal); else correct GIGAHOST_BASE_URL.',
      }),
      notJson: (host: string, status: number) => ({
        says: `What answers at ${host} is not the API: no JSON came (${status}).`,
        does: 'Check GIGAHOST_BASE_URL, and whether a proxy answers in its place.',
      }),
      silent: (host: string) => ({
        says: `${host} takes the connection and does not answer.`,
        does: 'Try again later; if it stays so, a firewall may be holding what comes back.',
      }),
      cutOff: (host: string) => ({
        says: `${host} ended the connection before it had answered.`,
        does: 'Check GIGAHOST_BASE_URL (host and port), and whether a firewall or proxy cuts it off.',
      }),
      noApi: (host: string) => ({
        says: `There is no Gigahost API at that path of ${host} (404).`,
        does: 'Correct GIGAHOST_BASE_URL: the path is /api/v0.',
      }),
      apiDown: (host: string, status: number) => ({
        says: `The API at ${host} has a problem of its own (${status}).`,
        does: 'Wait and try again; nothing is wrong on this machine.',
      }),
      apiBusy: (host: string) => ({
        says: `The API at ${host} asks to slow down (429).`,
        does: 'Wait some minutes before you try again.',
      }),

      clock: (seconds: number) => ({ says: `The clock agrees with theirs within ${seconds + 1} s.` }),
      noDate: () => ({ says: 'The answer does not tell the time.' }),
      clockOff: (ahead: number) => ({
        says: `The clock of this machine is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead' : 'behind'}.`,
        does: 'Let the system set its clock by the network (NTP).',
      }),
      clockForCodes: (ahead: number) => ({
        says: `The clock of this machine is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead' : 'behind'}, so two-factor codes come out wrong.`,
        does: 'Let the system set its clock by the network (NTP).',
      }),

      signedIn: (
        from: string,
        {
          kind,
          customer,
          name,
          user,
        }: {
          kind: 'key' | 'login';
          customer?: string | undefined;
          name?: string | undefined;
          user?: string | undefined;
        },
      ) => ({
        says: `Gigahost takes the ${kind === 'key' ? 'API key' : 'user name and password'} from ${from}: ${[customer && `customer ${customer}`, name, user && `user ${user}`].filter(Boolean).join(', ') || 'whose they are may not be read'}.`,
      }),
      noCredentials: (why: string) => ({
        says: `There is nothing to sign in with: ${why}.`,
        does: 'Run gigahost-mcp login, or set GIGAHOST_API_KEY_FILE where the server is started.',
      }),
      oneTimeCode: (name: string) => ({
        says: `Signing in was not tried: the code in ${name} works once, and the server needs it.`,
        does: 'Better set GIGAHOST_TOTP_SECRET, or use an API key, which needs no code.',
      }),
      keyRefused: (from: string, why: string) => ({
        says: `Gigahost refuses the API key from ${from}${why && ` ("${why}")`}: it is mistyped, deleted or replaced.`,
        does: 'Make a new key in the Gigahost panel, and put it there or run gigahost-mcp login.',
      }),
      loginRefused: (from: string, why: string) => ({
        says: `Gigahost refuses the user name and password from ${from}${why && ` ("${why}")`}.`,
        does: 'Check both; if the account has two-factor sign-in, set GIGAHOST_TOTP_SECRET, or better use an API key (gigahost-mcp login).',
      }),
      loginWithCodesRefused: (from: string, why: string) => ({
        says: `Gigahost refuses the user name, password and two-factor code from ${from}${why && ` ("${why}")`}.`,
        does: 'Check the password, GIGAHOST_TOTP_SECRET, and the clock of this machine; an API key needs no code.',
      }),
      codeRefused: (from: string, why: string) => ({
        says: `Gigahost refuses the user name, password and one-time code from ${from}${why && ` ("${why}")`}.`,
        does: 'The code is likely used or too old: set GIGAHOST_TOTP_SECRET instead, or use an API key.',
      }),
      userBarred: (from: string, why: string) => ({
        says: `Gigahost does not let the user from ${from} in (403)${why && `: "${why}"`}.`,
        does: 'The user may be locked, or not allowed to sign in from here: look in the Gigahost panel, or ask its support.',
      }),
      rateLimited: (seconds: number | undefined) => ({
        says: 'Gigahost has had too many attempts to sign in (429).',
        does: `Wait ${seconds === undefined ? 'some minutes' : `${seconds} s`}, and stop whatever keeps trying, then run this again.`,
      }),
      cannotTell: (why: string) => ({
        says: `Whether the credentials are right cannot be told now (${why}).`,
        does: 'Run gigahost-mcp doctor again in a while.',
      }),
      mayNothing: (from: string) => ({
        says: `Gigahost takes the API key from ${from}, and lets it read nothing.`,
        does: 'Give the key rights in the Gigahost panel (servers, DNS, billing), or make another.',
      }),

      mayRead: (can: string, cannot: string, kind: 'key' | 'login') => ({
        says: `It can read ${can}${cannot && `, and not ${cannot}`}; ${kind === 'key' ? 'what a key may change, the Gigahost panel shows' : 'it may change what this user may'}.`,
      }),
      mayNotRead: (cannot: string, sets: string) => ({
        says: `It cannot read ${cannot}, so tools of these sets will be refused: ${sets}.`,
        does: 'Give the key those rights in the Gigahost panel, or leave the sets out with --toolsets.',
      }),
      unsure: (what: string) => ({
        says: `Could not be tried now: ${what}.`,
        does: 'Run gigahost-mcp doctor again in a while.',
      }),

      tools: (
        on: number,
        tokens: number,
        { off, changing, excluded }: { off: number; changing: number; excluded: number },
      ) => ({
        says: `${on} tools are on, which cost a conversation about ${tokens} tokens; ${off} are off${[
          changing > 0 && `${changing} that change something, by --read-only`,
          excluded > 0 && `${excluded} by --exclude-tools`,
        ]
          .filter(Boolean)
          .map((part, at) => (at === 0 ? ` (${part}` : `, ${part}`))
          .join('')}${changing + excluded > 0 ? ')' : ''}.`,
      }),
      noTools: () => ({
        says: 'The settings leave no tool on.',
        does: 'Loosen --toolsets, --tools, --exclude-tools or --read-only.',
      }),
      unknownTools: (names: string) => ({
        says: `There is no such tool: ${names}.`,
        does: 'Correct --tools or --exclude-tools; gigahost-mcp call lists the tools there are.',
      }),

      noAssistants: () => ({ says: 'No assistant that we know is installed here.' }),
      nowhere: (names: string) => ({
        says: `Installed here, and without this server: ${names}.`,
        does: 'Run: gigahost-mcp setup',
      }),
      notEverywhere: (names: string) => ({ says: `Without this server: ${names}.` }),
      clientUnreadable: (client: string, file: string, why: string) => ({
        says: `${client}: ${file}: ${why}`,
        does: `Correct that file; until then ${client} may start no server at all.`,
      }),
      clientWorks: (client: string, name: string, tools: number) => ({
        says: `${client}: "${name}" starts and has ${tools} tools.`,
      }),
      placeholders: (client: string, name: string) => ({
        says: `${client}: "${name}" was not started: only ${client} can fill in what stands there as \${…}.`,
      }),
      scriptMissing: (client: string, name: string, path: string) => ({
        says: `${client}: "${name}" starts ${path}, which is not there.`,
        does: 'It was moved or removed: run gigahost-mcp setup from where it is now.',
      }),
      clientNodeTooOld: (client: string, name: string, command: string, node: string, wanted: string) => ({
        says: `${client}: "${name}" is started with ${command}, which is Node ${node}; it needs ${wanted}.`,
        does: 'Run gigahost-mcp setup with a newer Node, or write the path of one into the configuration.',
      }),
      commandMissing: (client: string, name: string, command: string, why: string) => ({
        says: `${client}: "${name}" cannot be started: ${command} (${why}).`,
        does: `Write the full path of the command, as a program with a window has another PATH than a terminal; gigahost-mcp setup does that.`,
      }),
      serverEnded: (client: string, name: string, said: string) => ({
        says: `${client}: "${name}" ends as soon as it is started${said && `: ${said}`}.`,
        does: `Correct what it says in the configuration of ${client}, or run gigahost-mcp setup.`,
      }),
      serverSilent: (client: string, name: string, seconds: number) => ({
        says: `${client}: "${name}" does not answer within ${seconds} s.`,
        does: 'Run its command in a terminal to see what it waits for; gigahost-mcp setup writes one that works.',
      }),
      serverRefuses: (client: string, name: string, said: string) => ({
        says: `${client}: "${name}" refuses to serve${said && `: ${said}`}.`,
        does: 'Update gigahost-mcp there, or run gigahost-mcp setup.',
      }),
      listsNothing: (client: string, name: string) => ({
        says: `${client}: "${name}" starts and lists no tools.`,
        does: `Loosen the settings it is started with (--toolsets, --tools, --read-only) in the configuration of ${client}.`,
      }),
      noise: (client: string, name: string, lines: number) => ({
        says: `${client}: "${name}" writes ${lines} ${lines === 1 ? 'line' : 'lines'} to stdout that are no MCP messages.`,
        does: 'Start gigahost-mcp directly, not by a script that prints; stdout is for messages alone.',
      }),
      secretInConfig: (client: string, file: string, names: string) => ({
        says: `${client}: ${names} stands in clear text in ${file}.`,
        does: 'Run gigahost-mcp login, and take it out there; then make a new key if others may have read that file.',
      }),
    },
  },
};

export type Messages = typeof en;
