import { setTimeout as sleep } from 'node:timers/promises';
import { worstOf, type Check, type Finding, type Result } from './check.js';
import type { Situation } from './situation.js';

/**
 * Does all checks at once; what one needs of another, they share in the situation. Each ends by its own deadline, and one
 * that fails in a way nobody thought of says so and leaves the others alone. In the order of the list.
 */
export const runChecks = (checks: readonly Check[], situation: Situation): Promise<readonly Result[]> =>
  Promise.all(
    checks.map(async check => {
      const findings = await lookInTime(check, situation);
      return { id: check.id, status: worstOf(findings), findings };
    }),
  );

async function lookInTime(check: Check, situation: Situation): Promise<readonly Finding[]> {
  const { say } = situation;
  const over = new AbortController();
  const late = sleep(check.patienceMs, [say('problem', 'late', check.patienceMs / 1000)], { signal: over.signal });
  // It ends by being over, too.
  late.catch(() => undefined);
  try {
    return await Promise.race([check.look(situation), late]);
  } catch (error) {
    return [say('problem', 'failed', error instanceof Error ? error.message : String(error))];
  } finally {
    over.abort();
  }
}
