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
    apiKey: 'API-nøkkel, eller Enter for brukernavn og passord',
    noApiKey: 'Dette er ikke en API-nøkkel. En slik begynner med flux_live_, fulgt av 64 heksadesimale siffer.',
    username: 'Brukernavn',
    password: 'Passord',
    secondFactor: 'Tofaktorinnlogging: en kode, eller hemmeligheten kodene lages av; Enter hvis kontoen ikke har det',
    noSecondFactor: 'Dette er verken en kode på seks siffer eller en hemmelighet i base32.',
    left: 'Avbrutt. Ingenting ble lagret.',
    checking: 'Spør Gigahost …',
    keeping: 'Lagrer; nøkkelringen kan vise en dialog …',
    signedIn: (name, id) => `Innloggingen virker: kontoen ${name}${id === null ? '' : ` (kunde ${id})`}.`,
    nameless: 'uten navn',
    unknownAccount: 'Innloggingen virker, men nøkkelen har ikke tilgang til å se hvem kontoen tilhører.',
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
      'Gigahost opplyser ikke om den også kan endre noe av dette, eller om den bare gjelder deler av det; det ser du i panelet. Ingen nøkkel kan administrere API-nøkler eller lese aktivitetsloggen.',
    mayAll: access => `Den kan gjøre alt denne brukeren kan${access === null ? '' : ` (tilgang: ${access})`}.`,
    unsure: what => `Kunne ikke prøves nå: ${what}.`,
    kept: where =>
      `Lagret i ${where}. Alle gigahost-mcp-prosesser for denne brukeren finner det der; en som kjører, med neste kall.`,
    noKeychain: why => `(Ikke i en nøkkelring: ${why})`,
    notKept: why => `Innloggingen virker, men kunne ikke lagres: ${why}`,
    codeEnds:
      'Du er logget inn med koden, men når økten utløper, kan den ikke fornyes uten en ny kode. Kjør login igjen da, eller oppgi hemmeligheten kodene lages av, eller aller helst en API-nøkkel.',
    codeWithoutCache:
      'En kode logger inn én gang, og GIGAHOST_TOKEN_CACHE er av, så økten ville vært borte med det samme. Oppgi hemmeligheten kodene lages av, eller en API-nøkkel. Ingenting ble lagret.',
    givenWins:
      'Innloggingen er også satt i miljøet eller konfigurasjonsfilen; der gjelder den foran det som er lagret.',
    problems: {
      none: why => `Det er ingenting å logge inn med${why && `: ${why}`}. Ingenting ble lagret.`,
      refused: why =>
        `Gigahost avviste innloggingen${why && ` (${why})`}. Sjekk det du skrev, og tofaktorkoden hvis kontoen har det. Ingenting ble lagret.`,
      unreachable: why =>
        `Fikk ikke kontakt med Gigahost${why && ` (${why})`}, så innloggingen er ikke prøvd. Ingenting ble lagret; prøv igjen senere.`,
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
      `Det er ingen terminal å spørre på. Oppgi assistentene med --client (${known}, all, other) og legg til --yes; kontoen velges med --sandbox eller innloggingsdata.`,
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
      refused: (client, command) => `Startet slik ${client} vil starte den, nektet serveren å svare: ${command}`,
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
        `${file}, som lister hva setup har endret, kan ikke tolkes. Slett den; endringene som sto der, kan da bare angres for hånd.`,
      outOfReach: code => `Den kan ikke leses eller skrives (${code}).`,
    },
    nothingToUndo: 'Det er ingenting som setup har skrevet.',
    undoes: file => `Setup har endret ${file}`,
    undoQuestion: 'Skal endringene angres?',
    noTerminalToUndo: 'Det er ingen terminal å spørre på. Legg til --yes for å angre det setup har skrevet.',
    undone: {
      restored: file => `${file} er som før.`,
      deleted: file => `${file} ble laget av setup og er slettet.`,
      'entry removed': (file, name, backup) =>
        `${file} er endret siden, så bare oppføringen «${name}» er tatt ut.${backup === null ? '' : ` Det som sto der før setup, ligger fortsatt i ${backup}`}`,
      'nothing left': (file, name) => `Oppføringen «${name}» fra setup finnes ikke lenger i ${file}.`,
    },
  },
  doctor: {
    titles: {
      program: 'Programmet',
      configuration: 'Konfigurasjon',
      secretFiles: 'Hemmelige filer',
      state: 'Tilstandsmappe',
      proxy: 'Mellomtjener',
      connection: 'Forbindelse',
      clock: 'Klokke',
      account: 'Innlogging',
      permissions: 'Rettigheter',
      tools: 'Verktøy',
      clients: 'Assistenter',
      support: 'Støtte for Node',
    },
    statuses: { ok: 'i orden', warning: 'advarsel', problem: 'feil', skipped: 'ikke sett på' },
    looking: 'Ser etter …',
    allWell: 'Ingenting er galt.',
    sum: (problems, warnings) =>
      `${[problems > 0 && `${problems} feil`, warnings > 0 && `${warnings} ${warnings === 1 ? 'advarsel' : 'advarsler'}`].filter(Boolean).join(', ')}.`,
    first: what => `Først: ${what}`,
    finds: {
      late: seconds => ({
        says: `Denne kontrollen ble ikke ferdig på ${seconds} s.`,
        does: 'Kjør gigahost-mcp doctor igjen; meld fra hvis det fortsetter.',
      }),
      failed: why => ({
        says: `Selve kontrollen feilet: ${why}`,
        does: 'Meld fra om det; de andre kontrollene gjelder.',
      }),
      sandbox: () => ({ says: 'Sandkassen trenger ingen konto.' }),
      because: check => ({ says: `Se på ${check} først.` }),

      running: (version, node, platform) => ({ says: `gigahost-mcp ${version} med Node ${node} på ${platform}.` }),
      nodeTooOld: (node, wanted) => ({
        says: `Node ${node} er for gammel.`,
        does: `Installer Node ${wanted} eller nyere.`,
      }),
      nodeSupported: node => ({ says: `Ingenting er kjent imot Node ${node}.` }),
      nodeEnded: (node, day) => ({
        says: `Node ${node} har ikke fått sikkerhetsrettelser siden ${day}.`,
        does: 'Installer en nyere Node når du kan; denne virker fortsatt.',
      }),

      configured: (file, from) => ({
        says: `${file === undefined ? 'Ingen konfigurasjonsfil' : `Konfigurasjonsfilen ${file}`}; ${
          [
            from.flag && `flagg: ${from.flag}`,
            from.variable && `variabler: ${from.variable}`,
            from.file && `fra filen: ${from.file}`,
          ]
            .filter(Boolean)
            .join('; ') || 'alt er som standard'
        }.`,
      }),
      refused: message => ({
        says: `${message}`,
        does: 'Rett det, eller ta det bort; serveren starter ikke før det er gjort.',
      }),
      tlsUnchecked: () => ({
        says: 'NODE_TLS_REJECT_UNAUTHORIZED er 0: den som er på linjen, kan gi seg ut for å være Gigahost og ta innloggingen din.',
        does: 'Ta bort den variabelen; sett GIGAHOST_CA_FILE for en egen sertifikatutsteder.',
      }),
      unread: (name, meant) => ({
        says: `Variabelen ${name} er satt, og ingenting leser den.`,
        does: meant === undefined ? `Ta bort ${name}.` : `Mente du ${meant}?`,
      }),

      secretFiles: names => ({
        says: names === '' ? 'Ingen innlogging leses fra en fil du har angitt.' : `Kan leses, bare av deg: ${names}.`,
      }),
      secretUnreadable: (name, code) => ({
        says: `Filen som ${name} angir, kan ikke leses (${code}).`,
        does: `Rett stien i ${name}, eller la denne brukeren lese filen.`,
      }),
      secretEmpty: name => ({
        says: `Filen som ${name} angir, er tom.`,
        does: 'Legg hemmeligheten i den filen, og ikke noe annet.',
      }),
      secretOpen: (name, mode) => ({
        says: `Andre på denne maskinen kan bruke filen som ${name} angir (modus ${mode}).`,
        does: 'Kjør chmod 600 på den filen; lag en ny nøkkel eller et nytt passord hvis noen kan ha lest den.',
      }),

      state: (folder, journal) => ({
        says: `${folder} kan brukes; ${journal === undefined ? 'endringer skrives ikke ned (--journal off)' : `endringer skrives ned i ${journal}`}.`,
      }),
      stateUnusable: (folder, code) => ({
        says: `Tilstandsmappen ${folder} kan ikke skrives til (${code}).`,
        does: 'La denne brukeren skrive der, eller angi en annen mappe i GIGAHOST_STATE_DIR.',
      }),
      stateForeign: (folder, uid) => ({
        says: `Tilstandsmappen ${folder} tilhører en annen bruker (uid ${uid}).`,
        does: 'Angi en mappe du eier i GIGAHOST_STATE_DIR, eller gi den til denne brukeren med chown.',
      }),
      stateOpen: (folder, mode) => ({
        says: `Andre på denne maskinen kan se inn i tilstandsmappen ${folder} (modus ${mode}).`,
        does: `Kjør: chmod 700 "${folder}"`,
      }),
      keptUnusable: why => ({
        says: `Det gigahost-mcp login lagret, kan ikke brukes: ${why}`,
        does: 'Gjør det som står der, eller kjør: gigahost-mcp login',
      }),
      journalUnwritable: (file, code) => ({
        says: `Journalen ${file} kan ikke skrives (${code}), og uten den endres ingenting.`,
        does: 'La denne brukeren skrive den, eller velg en annen fil med --journal.',
      }),

      noProxy: () => ({ says: 'Ingen mellomtjener (proxy) brukes.' }),
      proxyIdle: name => ({
        says: `${name} er satt, og teller ikke her: Gigahost nås med https.`,
        does: 'Sett også HTTPS_PROXY hvis dette nettet krever en mellomtjener.',
      }),
      proxyPassedBy: (proxy, host) => ({
        says: `Mellomtjeneren ${proxy} brukes ikke for ${host}; det sier NO_PROXY.`,
      }),
      proxyUsed: proxy => ({ says: `Mellomtjeneren ${proxy} brukes, og slipper gjennom.` }),
      proxyDown: (proxy, code) => ({
        says: `Mellomtjeneren ${proxy} kan ikke nås (${code}).`,
        does: 'Rett HTTPS_PROXY, eller ta den bort der Gigahost nås uten mellomtjener.',
      }),
      proxyWantsLogin: proxy => ({
        says: `Mellomtjeneren ${proxy} ber om brukernavn og passord (407).`,
        does: 'Legg dem i HTTPS_PROXY: http://bruker:passord@vert:port',
      }),
      proxyLogin: proxy => ({
        says: `Mellomtjeneren ${proxy} godtar ikke brukernavnet og passordet i HTTPS_PROXY (407).`,
        does: 'Rett dem i HTTPS_PROXY; tegn som @ og : skrives %40 og %3A der.',
      }),
      proxyRefuses: (proxy, status) => ({
        says: `Mellomtjeneren ${proxy} nekter å koble til Gigahost (${status}).`,
        does: 'Be den som driver den, om å tillate API-verten, eller nevn verten i NO_PROXY der den nås direkte.',
      }),
      caBroken: () => ({
        says: 'Filen i GIGAHOST_CA_FILE inneholder noe som ikke er et sertifikat.',
        does: 'Legg utstederens sertifikat i den som PEM (-----BEGIN CERTIFICATE-----).',
      }),
      nodeCaBroken: () => ({
        says: 'Filen i NODE_EXTRA_CA_CERTS kan ikke leses eller har ikke noe sertifikat, så Node ser bort fra den.',
        does: 'Rett NODE_EXTRA_CA_CERTS, eller ta den bort.',
      }),

      reachable: (host, ms) => ({ says: `API-et på ${host} svarer, på ${ms} ms.` }),
      nameUnknown: (host, code) => ({
        says: `Navnet ${host} kan ikke slås opp (${code}).`,
        does: 'Sjekk nettforbindelsen og DNS på denne maskinen, og GIGAHOST_BASE_URL; sett HTTPS_PROXY bak en mellomtjener.',
      }),
      noConnection: (host, code) => ({
        says: `Ingen forbindelse til ${host} (${code}).`,
        does: 'Sjekk nettforbindelsen og brannmuren på denne maskinen, og GIGAHOST_BASE_URL.',
      }),
      noConnectionInTime: host => ({
        says: `${host} tar ikke imot forbindelsen: ingenting kommer tilbake.`,
        does: 'Trolig en brannmur: tillat forbindelser til den verten, eller sett HTTPS_PROXY der en mellomtjener er veien ut.',
      }),
      certificateExpired: host => ({
        says: `Sertifikatet til ${host} er utløpt.`,
        does: 'Sjekk klokken på denne maskinen; går den rett, må den som driver verten (eller mellomtjeneren som åpner TLS), fornye det.',
      }),
      certificateNotYet: host => ({
        says: `Sertifikatet til ${host} gjelder ikke ennå.`,
        does: 'Still klokken på denne maskinen: den går trolig etter.',
      }),
      certificateOfOther: host => ({
        says: `Det som svarer på ${host}, har sertifikatet til et annet navn.`,
        does: 'Sjekk GIGAHOST_BASE_URL, DNS og hosts-filen: noe annet kan gi seg ut for å være Gigahost. Ingen innlogging ble sendt.',
      }),
      certificateUntrusted: (host, issuer) => ({
        says: `Sertifikatet til ${host} kommer fra «${issuer}», som denne maskinen ikke stoler på.`,
        does: 'Er det utstederen til firmaet ditt, som åpner TLS: lagre sertifikatet dens som PEM, og angi filen i GIGAHOST_CA_FILE (eller NODE_EXTRA_CA_CERTS). Hvis ikke, er noen imellom: ikke gå videre.',
      }),
      tlsBroken: (host, code) => ({
        says: `Ingen sikker forbindelse til ${host}: TLS feiler (${code}).`,
        does: 'Sjekk GIGAHOST_BASE_URL (vert og port), og om en brannmur eller mellomtjener står imellom.',
      }),
      page: (host, status, title) => ({
        says: `Det som svarer på ${host}, er en nettside${title && ` («${title}»)`} (${status}), ikke API-et.`,
        does: 'Logg inn på dette nettet i en nettleser hvis det ber om det; sjekk ellers GIGAHOST_BASE_URL.',
      }),
      redirected: (host, to) => ({
        says: `Det som svarer på ${host}, viser videre til ${to || 'ingen steder'}, og det følges ikke.`,
        does: 'Logg inn på dette nettet i en nettleser hvis det ber om det; rett ellers GIGAHOST_BASE_URL.',
      }),
      notJson: (host, status) => ({
        says: `Det som svarer på ${host}, er ikke API-et: det kom ingen JSON (${status}).`,
        does: 'Sjekk GIGAHOST_BASE_URL, og om en mellomtjener svarer i stedet.',
      }),
      silent: host => ({
        says: `${host} tar imot forbindelsen og svarer ikke.`,
        does: 'Prøv igjen senere; fortsetter det, kan en brannmur holde igjen svarene.',
      }),
      cutOff: host => ({
        says: `${host} avsluttet forbindelsen før svaret kom.`,
        does: 'Sjekk GIGAHOST_BASE_URL (vert og port), og om en brannmur eller mellomtjener kutter den.',
      }),
      noApi: host => ({
        says: `Det er ikke noe Gigahost-API på den stien hos ${host} (404).`,
        does: 'Rett GIGAHOST_BASE_URL: stien er /api/v0.',
      }),
      apiDown: (host, status) => ({
        says: `API-et på ${host} har selv et problem (${status}).`,
        does: 'Vent og prøv igjen; ingenting er galt på denne maskinen.',
      }),
      apiBusy: host => ({
        says: `API-et på ${host} ber om lavere fart (429).`,
        does: 'Vent noen minutter før du prøver igjen.',
      }),

      clock: seconds => ({ says: `Klokken stemmer med deres innen ${seconds + 1} s.` }),
      noDate: () => ({ says: 'Svaret forteller ikke hva klokken er.' }),
      clockOff: ahead => ({
        says: `Klokken på denne maskinen går ${Math.abs(ahead)} s ${ahead > 0 ? 'for fort' : 'etter'}.`,
        does: 'La systemet stille klokken etter nettet (NTP).',
      }),
      clockForCodes: ahead => ({
        says: `Klokken på denne maskinen går ${Math.abs(ahead)} s ${ahead > 0 ? 'for fort' : 'etter'}, så tofaktorkodene blir feil.`,
        does: 'La systemet stille klokken etter nettet (NTP).',
      }),

      signedIn: (from, { kind, customer, name, user }) => ({
        says: `Gigahost godtar ${kind === 'key' ? 'API-nøkkelen' : 'brukernavnet og passordet'} fra ${from}: ${[customer && `kunde ${customer}`, name, user && `bruker ${user}`].filter(Boolean).join(', ') || 'hvem de tilhører, får ikke leses'}.`,
      }),
      noCredentials: why => ({
        says: `Det er ingenting å logge inn med: ${why}.`,
        does: 'Kjør gigahost-mcp login, eller sett GIGAHOST_API_KEY_FILE der serveren startes.',
      }),
      oneTimeCode: name => ({
        says: `Innlogging ble ikke prøvd: koden i ${name} virker én gang, og serveren trenger den.`,
        does: 'Sett heller GIGAHOST_TOTP_SECRET, eller bruk en API-nøkkel, som ikke trenger kode.',
      }),
      keyRefused: (from, why) => ({
        says: `Gigahost avviser API-nøkkelen fra ${from}${why && ` («${why}»)`}: den er feilskrevet, slettet eller byttet ut.`,
        does: 'Lag en ny nøkkel i Gigahost-panelet, og legg den der, eller kjør gigahost-mcp login.',
      }),
      loginRefused: (from, why) => ({
        says: `Gigahost avviser brukernavnet og passordet fra ${from}${why && ` («${why}»)`}.`,
        does: 'Sjekk begge; har kontoen tofaktorinnlogging, så sett GIGAHOST_TOTP_SECRET, eller bruk heller en API-nøkkel (gigahost-mcp login).',
      }),
      loginWithCodesRefused: (from, why) => ({
        says: `Gigahost avviser brukernavnet, passordet og tofaktorkoden fra ${from}${why && ` («${why}»)`}.`,
        does: 'Sjekk passordet, GIGAHOST_TOTP_SECRET og klokken på denne maskinen; en API-nøkkel trenger ingen kode.',
      }),
      codeRefused: (from, why) => ({
        says: `Gigahost avviser brukernavnet, passordet og engangskoden fra ${from}${why && ` («${why}»)`}.`,
        does: 'Koden er trolig brukt eller for gammel: sett GIGAHOST_TOTP_SECRET i stedet, eller bruk en API-nøkkel.',
      }),
      userBarred: (from, why) => ({
        says: `Gigahost slipper ikke inn brukeren fra ${from} (403)${why && `: «${why}»`}.`,
        does: 'Brukeren kan være sperret, eller får ikke logge inn herfra: se i Gigahost-panelet, eller spør kundestøtten.',
      }),
      rateLimited: seconds => ({
        says: 'Gigahost har fått for mange innloggingsforsøk (429).',
        does: `Vent ${seconds === undefined ? 'noen minutter' : `${seconds} s`}, stopp det som prøver hele tiden, og kjør dette igjen.`,
      }),
      cannotTell: why => ({
        says: `Om innloggingen stemmer, kan ikke sies nå (${why}).`,
        does: 'Kjør gigahost-mcp doctor igjen om en stund.',
      }),
      mayNothing: from => ({
        says: `Gigahost godtar API-nøkkelen fra ${from}, og lar den ikke lese noe.`,
        does: 'Gi nøkkelen rettigheter i Gigahost-panelet (servere, DNS, fakturering), eller lag en annen.',
      }),

      mayRead: (can, cannot, kind) => ({
        says: `Den kan lese ${can}${cannot && `, og ikke ${cannot}`}; ${kind === 'key' ? 'hva en nøkkel får endre, står i Gigahost-panelet' : 'den får endre det denne brukeren får'}.`,
      }),
      mayNotRead: (cannot, sets) => ({
        says: `Den kan ikke lese ${cannot}, så verktøy i disse settene blir avvist: ${sets}.`,
        does: 'Gi nøkkelen de rettighetene i Gigahost-panelet, eller utelat settene med --toolsets.',
      }),
      unsure: what => ({
        says: `Kunne ikke prøves nå: ${what}.`,
        does: 'Kjør gigahost-mcp doctor igjen om en stund.',
      }),

      tools: (on, tokens, { off, changing, excluded }) => ({
        says: `${on} verktøy er på, og koster en samtale omtrent ${tokens} tokener; ${off} er av${[
          changing > 0 && `${changing} som endrer noe, av --read-only`,
          excluded > 0 && `${excluded} av --exclude-tools`,
        ]
          .filter(Boolean)
          .map((part, at) => (at === 0 ? ` (${part}` : `, ${part}`))
          .join('')}${changing + excluded > 0 ? ')' : ''}.`,
      }),
      noTools: () => ({
        says: 'Innstillingene lar ikke noe verktøy være på.',
        does: 'Løs opp --toolsets, --tools, --exclude-tools eller --read-only.',
      }),
      unknownTools: names => ({
        says: `Det finnes ikke noe slikt verktøy: ${names}.`,
        does: 'Rett --tools eller --exclude-tools; gigahost-mcp call lister verktøyene som finnes.',
      }),

      noAssistants: () => ({ says: 'Ingen assistent vi kjenner, er installert her.' }),
      nowhere: names => ({
        says: `Installert her, og uten denne serveren: ${names}.`,
        does: 'Kjør: gigahost-mcp setup',
      }),
      notEverywhere: names => ({ says: `Uten denne serveren: ${names}.` }),
      clientUnreadable: (client, file, why) => ({
        says: `${client}: ${file}: ${why}`,
        does: `Rett den filen; før det starter ${client} kanskje ingen server i det hele tatt.`,
      }),
      clientWorks: (client, name, tools) => ({ says: `${client}: «${name}» starter og har ${tools} verktøy.` }),
      placeholders: (client, name) => ({
        says: `${client}: «${name}» ble ikke startet: bare ${client} kan fylle ut det som står der som \${…}.`,
      }),
      scriptMissing: (client, name, path) => ({
        says: `${client}: «${name}» starter ${path}, som ikke finnes.`,
        does: 'Den er flyttet eller fjernet: kjør gigahost-mcp setup fra der den er nå.',
      }),
      clientNodeTooOld: (client, name, command, node, wanted) => ({
        says: `${client}: «${name}» startes med ${command}, som er Node ${node}; den trenger ${wanted}.`,
        does: 'Kjør gigahost-mcp setup med en nyere Node, eller skriv stien til en slik i konfigurasjonen.',
      }),
      commandMissing: (client, name, command, why) => ({
        says: `${client}: «${name}» kan ikke startes: ${command} (${why}).`,
        does: `Skriv hele stien til kommandoen, for et program med vindu har en annen PATH enn en terminal; gigahost-mcp setup gjør det.`,
      }),
      serverEnded: (client, name, said) => ({
        says: `${client}: «${name}» slutter så snart den er startet${said && `: ${said}`}.`,
        does: `Rett det den sier i konfigurasjonen til ${client}, eller kjør gigahost-mcp setup.`,
      }),
      serverSilent: (client, name, seconds) => ({
        says: `${client}: «${name}» svarer ikke innen ${seconds} s.`,
        does: 'Kjør kommandoen i en terminal for å se hva den venter på; gigahost-mcp setup skriver en som virker.',
      }),
      serverRefuses: (client, name, said) => ({
        says: `${client}: «${name}» nekter å tjene${said && `: ${said}`}.`,
        does: 'Oppdater gigahost-mcp der, eller kjør gigahost-mcp setup.',
      }),
      listsNothing: (client, name) => ({
        says: `${client}: «${name}» starter og har ingen verktøy.`,
        does: `Løs opp innstillingene den startes med (--toolsets, --tools, --read-only) i konfigurasjonen til ${client}.`,
      }),
      noise: (client, name, lines) => ({
        says: `${client}: «${name}» skriver ${lines} ${lines === 1 ? 'linje' : 'linjer'} til stdout som ikke er MCP-meldinger.`,
        does: 'Start gigahost-mcp direkte, ikke med et skript som skriver ut noe; stdout er bare for meldinger.',
      }),
      secretInConfig: (client, file, names) => ({
        says: `${client}: ${names} står i klartekst i ${file}.`,
        does: 'Kjør gigahost-mcp login, og ta det ut der; lag så en ny nøkkel hvis andre kan ha lest filen.',
      }),
    },
  },
};
