import { ConfigError, readConfig, type Flags } from '../config.js';
import { EXIT } from './exit.js';
import { servingFlags } from './flags.js';

/** Does what the command line says, and returns the exit code. */
export async function runCommandLine(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const flags = servingFlags(argv);
    if (!flags) return await (await import('./program.js')).runProgram(argv, env, serve);
    await serve(flags);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }

  async function serve(flags: Flags): Promise<void> {
    const config = readConfig(flags, env);
    await (await import('../hosts/stdio.js')).serve(config);
  }
}
