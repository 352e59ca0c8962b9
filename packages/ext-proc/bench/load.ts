import { Agent, request } from 'node:http';

export interface Measured {
  /** Requests per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const BODY = Buffer.from(JSON.stringify({
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'The quick brown fox jumps over 12 lazy dogs, and the report of 2024-11-05 says 123.45. '.repeat(23) }],
}));

/** Sends the same prompt over and over for a while, so many at a time. */
export async function measure(port: number, inFlight: number, seconds: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (performance.now() < end) {
      const before = performance.now();
      if (await once(port, agent) === 200) times.push(performance.now() - before);
      else failed++;
    }
  }));
  const elapsed = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { rate: times.length / elapsed, p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(times.length * 0.99)], failed };
}

async function once(port: number, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({
      host: '127.0.0.1', port, agent, method: 'POST', path: '/v1/chat/completions',
      headers: { 'content-type': 'application/json', 'content-length': BODY.length },
    }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode!));
    });
    sent.on('error', () => resolve(0));
    sent.end(BODY);
  });
}
