import { Command, CommanderError } from 'commander';
import { readConfig, type Flags } from '../config.js';
import { VERSION } from '../version.js';
import type { CallFlags } from './call.js';
import type { DoctorFlags } from './doctor.js';
import { EXIT } from './exit.js';
import { FLAGS, HTTP_FLAGS } from './flags.js';
import type { LoginFlags } from './login.js';
import type { SetupFlags } from './setup/index.js';

/** Commands, help and version; returns the exit code. @throws {ConfigError} for a setting that cannot be used. */
export async function runProgram(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  serve: (flags: Flags) => Promise<void>,
): Promise<number> {
  let code: number = EXIT.ok;
  const program = new Command('gigahost-mcp')
    .description(
      'MCP server for a Gigahost account. Without a command it serves MCP on stdin and stdout, for an assistant to start.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      '\nCredentials and further settings come from the environment or a configuration file; docs/configuration.md lists them.',
    )
    .exitOverride()
    .action(serve);
  for (const [name, { value, about }] of Object.entries(FLAGS))
    program.option(`--${name}${value ? ` <${value}>` : ''}`, about);
  program
    .command('call')
    .description('run one tool from a terminal')
    .argument('[tool]', 'name of the tool; without one, all are listed')
    .argument('[arguments...]', 'as name=value; a list as a,b,c')
    .helpOption(false)
    .option('-h, --help', 'show this; after a tool, explain its arguments')
    .option('--json', 'print the structured answer as JSON')
    .option('--output <file>', 'where to save a picture')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExamples:\n  gigahost-mcp call list_servers --sandbox\n  gigahost-mcp call get_server server=web01 --sandbox',
    )
    .action(async (tool: string | undefined, words: string[], flags: CallFlags, command: Command) => {
      if (flags.help && tool === undefined) return command.outputHelp();
      const config = readConfig(command.optsWithGlobals<Flags>(), env);
      const { call } = await import('./call.js');
      code = await call(tool, words, config, flags);
    });
  program
    .command('setup')
    .description('put this server into the configuration of your assistants, and try it as they will')
    .option('--client <names>', 'which assistants, as a,b,c; all for every one found; other prints what to paste')
    .option('--name <name>', 'what the server is called there', 'gigahost')
    .option('--yes', 'write without asking')
    .option('--dry-run', 'show what would change and write nothing')
    .option('--undo', 'take back what setup wrote')
    .option('--credentials-in-config', 'put the credentials into the configuration of the assistants, in plain text')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nSettings given here (--sandbox, --read-only, --toolsets, …) become settings of the server.\n\nExamples:\n  gigahost-mcp setup\n  gigahost-mcp setup --client claude-desktop,vscode --read-only --yes\n  gigahost-mcp setup --undo',
    )
    .exitOverride()
    .action(async (own: SetupFlags, command: Command) => {
      const { setup } = await import('./setup/index.js');
      code = await setup(own, command.optsWithGlobals<Flags>(), env);
    });
  program
    .command('doctor')
    .description('say what is wrong with this set-up, and what to do about it; changes nothing')
    .option('--json', 'print one JSON object')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nSecrets are never shown; names and e-mail addresses are, but for their first letter and the domain, left out.\nExit codes: 0, also with warnings; 1 with problems; 2 for a wrong command line.',
    )
    .exitOverride()
    .action(async (own: DoctorFlags, command: Command) => {
      const { doctor } = await import('./doctor.js');
      code = await doctor(own, command.optsWithGlobals<Flags>(), env);
    });
  const http = program
    .command('http')
    .description('serve MCP over HTTP, for several people at once')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nExamples:\n  gigahost-mcp http --sandbox --auth none\n  gigahost-mcp http --config team.json --listen 0.0.0.0:3000 --public-url https://mcp.example.no',
    )
    .exitOverride()
    .action(async (_flags: object, command: Command) => {
      const config = readConfig(command.optsWithGlobals<Flags>(), env, 'page');
      const { serveHttp } = await import('../hosts/http/serve.js');
      code = await serveHttp(config, env);
    });
  for (const [name, { value, about }] of Object.entries(HTTP_FLAGS))
    http.option(`--${name}${value ? ` <${value}>` : ''}`, about);
  program
    .command('login')
    .description('sign in to Gigahost once, and keep what signs in on this machine')
    .option('--api-key-file <file>', 'keep the API key in this file instead of asking')
    .option('--stdin', 'keep the API key on standard input instead of asking')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExamples:\n  gigahost-mcp login\n  gigahost-mcp login --api-key-file /run/secrets/gigahost\n  gigahost-mcp logout',
    )
    .action(async (flags: LoginFlags, command: Command) => {
      const config = readConfig(command.optsWithGlobals<Flags>(), env);
      const { login } = await import('./login.js');
      code = await login(config, flags);
    });
  program
    .command('logout')
    .description('forget what login kept, and the session that came of it')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .action(async (_flags: object, command: Command) => {
      const config = readConfig(command.optsWithGlobals<Flags>(), env);
      const { logout } = await import('./logout.js');
      code = await logout(config);
    });
  const token = program.command('token').description('look after the tokens of an HTTP server');
  token
    .command('create')
    .argument('<name>', 'name of the principal')
    .option('--role <role>', 'viewer, operator or admin, for a principal that is new', 'viewer')
    .description('make a token, print it once, and put its hash into the configuration file')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .action(async (name: string, { role }: { role: string }, command: Command) => {
      const { config } = command.optsWithGlobals<Flags>();
      const { createToken } = await import('./token.js');
      code = await createToken(name, role, typeof config === 'string' ? config : env['GIGAHOST_CONFIG']);
    });
  program
    .command('secrets')
    .description('look after the secrets that were handed over')
    .command('clear')
    .description('remove the files that secrets were handed over in, of whatever age')
    .configureHelp({ showGlobalOptions: true })
    .action(async (_flags: object, command: Command) => {
      const { stateDir } = readConfig(command.optsWithGlobals<Flags>(), env);
      const { clearSecrets } = await import('./secrets.js');
      code = await clearSecrets(stateDir);
    });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}
