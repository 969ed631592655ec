import type { Messages } from './en.js';

/** Bokmål. */
export const nb: Messages = {
  yes: {
    tick: 'Ja, gjør det',
    type: name => `Skriv ${name} for å bekrefte`,
    word: 'ja',
    typeWord: 'Skal det gjøres? Skriv ja',
  },
  page: {
    language: 'nb',
    minutes: count => (count === 1 ? 'ett minutt' : `${count} minutter`),
    show: {
      ready: 'Dette vises bare én gang, så ha klart stedet der du vil ta vare på det.',
      button: 'Vis det',
      left: time => `Åpnes ikke siden, er den borte om ${time}.`,
      copy: 'Kopier',
      copied: 'Kopiert',
      keep: 'Ta vare på det nå: siden kan ikke åpnes igjen.',
      unopened: 'Siden varte i ti minutter og er borte. Ingen åpnet den.',
      opened: at =>
        `Siden kan åpnes én gang, og ble åpnet ${at}. Hvis det ikke var deg, vet noen andre hva som stod på den.`,
    },
    enter: {
      where: 'Det går til serveren på denne maskinen og derfra til Gigahost, ikke inn i samtalen.',
      missing: 'Ingenting er fylt ut.',
      tooLong: 'Det er for langt.',
      wrong: problem => `Det kan ikke brukes («${problem}»).`,
      button: 'Gi det videre',
      left: time => `Siden tar imot én gang, og er borte om ${time}.`,
      done: 'Det er kommet fram. Gå tilbake til assistenten; denne siden kan lukkes.',
      unfilled: 'Siden varte i ti minutter og er borte. Ingen fylte den ut.',
      filled: at => `Siden ble fylt ut ${at}. Hvis det ikke var deg, si fra til den som sendte deg hit.`,
    },
    refused: {
      unknown: ['Det finnes ingen slik side', 'Det som laget den, kan være avsluttet siden.'],
      host: ['Ikke her', 'Denne adressen nås under et annet navn.'],
      method: ['Ikke slik', 'Åpne siden i en nettleser.'],
      size: ['For mye', 'Det trengs ikke å sende noe med.'],
      site: ['Ikke derfra', 'Åpne selve siden og trykk på knappen.'],
      later: ['Ikke nå', 'Det som tar vare på siden, kan ikke nås. Prøv igjen om et minutt.'],
    },
  },
  ask: {
    orNothing: 'eller ingenting',
    or: ' eller ',
    unseen: 'vises ikke',
  },
  place: {
    file: path => `filen ${path}`,
    keychain: platform =>
      platform === 'darwin'
        ? 'nøkkelringen i macOS'
        : platform === 'win32'
          ? 'Legitimasjonsbehandling i Windows'
          : 'nøkkelringen på skrivebordet',
  },
  login: {
    intro: address =>
      `Logg inn hos Gigahost (${address}). En API-nøkkel fra Gigahost-panelet er best: den kan begrenses, og trenger ingen tofaktorkode.`,
    apiKey: 'API-nøkkel, eller ingenting for brukernavn og passord',
    noApiKey: 'Det er ingen API-nøkkel: den begynner med flux_live_ og har 64 heksadesimale siffer etter det.',
    username: 'Brukernavn',
    password: 'Passord',
    secondFactor:
      'Tofaktorinnlogging: en kode, eller hemmeligheten kodene lages av; ingenting hvis kontoen ikke har det',
    noSecondFactor: 'Det er verken en kode på seks siffer eller en hemmelighet i base32.',
    left: 'Avbrutt. Ingenting ble lagret.',
    checking: 'Spør Gigahost …',
    keeping: 'Lagrer; nøkkelringen kan vise en dialog …',
    signedIn: (name, id) => `Gigahost godtar det: kontoen ${name}${id === null ? '' : ` (kunde ${id})`}.`,
    nameless: 'uten navn',
    unknownAccount: 'Gigahost godtar det, men nøkkelen får ikke lese hvem kontoen tilhører.',
    categories: {
      account: 'kontoen',
      servers: 'servere',
      dns: 'DNS-soner',
      webhosting: 'webhotell',
      billing: 'fakturering og fakturaer',
    },
    mayRead: what => `Den kan lese: ${what}.`,
    mayReadNothing: 'Den kan ikke lese noe av det som ble prøvd.',
    mayNotRead: what => `Den kan ikke lese: ${what}.`,
    keyChanges:
      'Om den også kan endre noe av dette, eller bare gjelder deler av det, forteller ikke Gigahost; det står i panelet. Å styre API-nøkler og å lese aktivitetsloggen er stengt for alle nøkler.',
    mayAll: access => `Den kan gjøre alt denne brukeren kan${access === null ? '' : ` (tilgang: ${access})`}.`,
    unsure: what => `Kunne ikke prøves nå: ${what}.`,
    kept: where =>
      `Lagret i ${where}. Alle gigahost-mcp-prosesser for denne brukeren finner det der; en som kjører, med neste kall.`,
    noKeychain: why => `(Ikke i en nøkkelring: ${why})`,
    notKept: why => `Gigahost godtar det, men det kunne ikke lagres: ${why}`,
    codeEnds:
      'Koden logget inn nå, men en økt som er over, kan ikke fornyes uten en ny: kjør login igjen da, eller oppgi hemmeligheten kodene lages av, eller, enda bedre, en API-nøkkel.',
    codeWithoutCache:
      'En kode logger inn én gang, og GIGAHOST_TOKEN_CACHE er av, så økten ville vært borte med det samme. Oppgi hemmeligheten kodene lages av, eller en API-nøkkel. Ingenting ble lagret.',
    givenWins:
      'Innloggingen er også satt i miljøet eller konfigurasjonsfilen; der gjelder den foran det som er lagret.',
    problems: {
      none: why => `Det er ingenting å logge inn med${why && `: ${why}`}. Ingenting ble lagret.`,
      refused: why =>
        `Gigahost avviser det${why && ` (${why})`}. Sjekk det du skrev, og tofaktorkoden hvis kontoen har det. Ingenting ble lagret.`,
      unreachable: why =>
        `Gigahost kunne ikke spørres${why && ` (${why})`}, så det er ikke kjent om det stemmer. Ingenting ble lagret; prøv igjen senere.`,
    },
  },
  logout: {
    forgotten: where => `Innloggingen i ${where} er glemt. En server som kjører, glemmer den innen ett minutt.`,
    nothing: address => `Ingen innlogging var lagret for ${address}.`,
    session: 'Økten er også glemt. Gigahost kan ikke avslutte en økt før tiden: den går ut av seg selv.',
    givenStays: 'Innlogging som er satt i miljøet eller konfigurasjonsfilen, blir stående og virker fortsatt.',
    failed: why => `Ingenting ble glemt: ${why}`,
  },
  setup: {
    which: 'Hvilke assistenter skal få Gigahost? (mellomrom for å merke, Enter for å gå videre)',
    noneFound: 'Fant ingen assistent vi kjenner her. Legg dette inn i konfigurasjonen til din:',
    forOther: 'Legg dette inn i konfigurasjonen til assistenten din:',
    noSuchClient: (name, known) => `Det finnes ingen assistent «${name}». Velg blant: ${known}, all, other.`,
    badName: name => `--name er ${JSON.stringify(name)}; det kan være bokstaver, sifre, - og _.`,
    noTerminal: known =>
      `Det er ingen terminal å spørre på. Oppgi assistentene med --client (${known}, all, other) og si --yes; --sandbox eller innloggingsdata velger kontoen.`,
    account: 'Hvilken konto?',
    ownAccount: 'Min Gigahost-konto',
    sandbox: 'Sandkassen: en demokonto på denne maskinen, ingenting er ekte',
    noCredentials:
      'Det finnes ingen innloggingsdata for Gigahost. Kjør gigahost-mcp login først, sett GIGAHOST_API_KEY_FILE, eller bruk --sandbox.',
    inConfig:
      'Innloggingsdataene legges i klartekst i konfigurasjonen til assistenten: den som leser filen, har kontoen din.',
    asItIs: 'Det er satt opp allerede; her endres ingenting.',
    writeIt: 'Skal dette skrives?',
    yes: 'Ja',
    no: 'Nei',
    nothingDone: 'Ingenting ble skrevet.',
    written: (file, backup) => `Skrevet. Det som sto i ${file}, er tatt vare på som ${backup}`,
    made: file => `Skrevet: ${file}`,
    starting: client => `Starter serveren slik ${client} vil gjøre …`,
    works: (client, tools) => `Det virker: startet slik ${client} vil starte den, har serveren ${tools} verktøy.`,
    restart: client => `Start ${client} på nytt, og spør: hvilke servere har jeg?`,
    newSession: client => `Begynn en ny økt i ${client}, og spør: hvilke servere har jeg?`,
    failed: {
      'not started': (client, command) => `${client} vil ikke klare å starte serveren: ${command}`,
      ended: (client, command) => `Startet slik ${client} vil starte den, sluttet serveren med én gang: ${command}`,
      'no answer': (client, command) => `Startet slik ${client} vil starte den, svarte ikke serveren: ${command}`,
      refused: (client, command) => `Startet slik ${client} vil starte den, avslo serveren: ${command}`,
    },
    leftAlone: 'Filen er som den var.',
    byHand: 'For å sette det opp for hånd, legg dette inn i den:',
    why: {
      unparsable: (line, column, what) =>
        `Den kan ikke leses: det er en feil på linje ${line}, kolonne ${column} (${what}).`,
      noRoot: 'Den inneholder ikke ett objekt.',
      noTable: key => `Det som står under ${key}, er ingen liste over servere med navn.`,
      taken: (name, starts) =>
        `Det finnes alt en server «${name}», og den er et annet program (${starts}). Velg et annet navn med --name.`,
      notEditable: 'Noe står der to ganger, eller på en måte som ikke kan endres trygt.',
      notText: 'Den er ikke UTF-8-tekst.',
      listLost: file =>
        `${file}, som lister hva setup har endret, er ikke til å forstå. Slett den: det den listet, kan da bare tas tilbake for hånd.`,
      outOfReach: code => `Den kan ikke leses eller skrives (${code}).`,
    },
    nothingToUndo: 'Det er ingenting som setup har skrevet.',
    undoes: file => `Setup har endret ${file}`,
    undoQuestion: 'Skal det tas tilbake?',
    noTerminalToUndo: 'Det er ingen terminal å spørre på. Si --yes for å ta tilbake det setup har skrevet.',
    undone: {
      restored: file => `${file} er som før.`,
      deleted: file => `${file} ble laget av setup og er slettet.`,
      'entry removed': (file, name, backup) =>
        `${file} er endret siden, så bare oppføringen «${name}» er tatt ut.${backup === null ? '' : ` Det som sto der før setup, ligger fortsatt i ${backup}`}`,
      'nothing left': (file, name) => `Det er ingen oppføring «${name}» av vår i ${file} lenger.`,
    },
  },
};
