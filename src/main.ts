#!/usr/bin/env node
import { runCommandLine } from './cli/index.js';

const code = await runCommandLine(process.argv.slice(2), process.env);
// Output on a pipe may still be on its way; whatever else is open is of no more use to anybody.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
