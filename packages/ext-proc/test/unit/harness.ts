import { Guard } from '../../src/guard';
import { Log } from '../../src/log';
import { Metrics } from '../../src/metrics';
import { loadPolicy } from '../../src/policy-file';

/** A guard with a policy, and what it writes. */
export function guardWith(policy: object = { version: 1, tenants: { '*': { models: { allow: ['gpt-4o'] } } } }): { guard: Guard; written: string[]; metrics: Metrics } {
  const written: string[] = [];
  const metrics = new Metrics(() => 0);
  const guard = new Guard(new Log(text => written.push(text)), metrics);
  guard.use(loadPolicy(JSON.stringify(policy), ['ext_proc']));
  return { guard, written, metrics };
}
