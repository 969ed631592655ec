#!/usr/bin/env node
import { runProgram } from './cli/program.js';

const code = await runProgram(process.argv.slice(2), process.env);
// Output on a pipe may still be on its way; whatever else is open is of no more use to anybody.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
