import { deepEqual, equal, ok } from 'node:assert/strict';
import { CALLERS, Outcome, streamedMessage, streamedText } from './client';
import { Attempt } from './upstream/provider';

/** The client has a whole answer of the last of these providers, and they were tried in this order. */
export function answeredBy(outcome: Outcome, ...hosts: readonly string[]): void {
  deepEqual(outcome.hosts, hosts, told(outcome));
  equal(outcome.status, 200, told(outcome));
  ok(outcome.complete, `the answer broke off: ${told(outcome)}`);
  ok(textOf(outcome).startsWith(hosts.at(-1)!), `not the words of ${hosts.at(-1)}: ${told(outcome)}`);
  for (const attempt of outcome.attempts) hidesCaller(attempt);
}

/** The client has this status, and these providers were tried. */
export function failedWith(outcome: Outcome, status: number, ...hosts: readonly string[]): void {
  equal(outcome.status, status, told(outcome));
  deepEqual(outcome.hosts, hosts, told(outcome));
  for (const attempt of outcome.attempts) hidesCaller(attempt);
}

/** Nothing the caller proved to the gateway is in a request to a provider. */
export function hidesCaller({ host, headers }: Attempt, ...passed: readonly string[]): void {
  for (const [name, value] of Object.entries(CALLERS)) {
    if (passed.includes(name)) continue;
    const seen = Object.keys(headers).filter(header => headers[header].includes(value));
    deepEqual(seen, [], `${host} sees the caller's ${name}`);
  }
}

/** Asks until it is so: what Envoy learns of a provider reaches its workers a moment later. */
export async function soon(ask: () => Promise<Outcome>, isSo: (outcome: Outcome) => boolean): Promise<Outcome> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await ask();
    if (isSo(outcome)) return outcome;
    ok(attempt < 20, `it does not become so: ${told(outcome)}`);
    await new Promise(resolve => { setTimeout(resolve, 100); });
  }
}

export function between(value: number, low: number, high: number, what: string): void {
  ok(value >= low && value <= high, `${what} is ${value}, not within ${low} and ${high}`);
}

/** What an answer says, whatever API it is in. */
export function textOf({ json, text }: Outcome): string {
  if (json === undefined) return streamedText(text) || streamedMessage(text) || text;
  return json.choices?.[0]?.message?.content ?? json.choices?.[0]?.text ?? json.content?.[0]?.text ?? json.output?.[0]?.content?.[0]?.text ?? text;
}

function told({ status, hosts, text, complete, seconds }: Outcome): string {
  const end = complete ? '' : ' and broke off';
  return `the client got ${status}${end} after ${seconds} s: ${JSON.stringify(text.slice(0, 300))}; tried: ${hosts.join(', ') || 'nobody'}`;
}
