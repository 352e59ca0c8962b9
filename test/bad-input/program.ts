import { App, Chart, ChartProps, Testing } from 'cdk8s';
import { AIGateway, ApiKey, Checks, OpenAIProvider } from '../../src';

/** A program with one provider and one gateway. */
export interface Program {
  readonly app: App;
  readonly chart: Chart;
  readonly openai: OpenAIProvider;
  readonly gateway: AIGateway;
}

/** Not chosen by the compiler: what a program in JavaScript passes. */
export const wrong = (value: unknown) => value as never;

export function programOf(props: ChartProps = { namespace: 'ai' }): Program {
  const app = Testing.app();
  const chart = new Chart(app, 'c', props);
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('provider-key') });
  return { app, chart, openai, gateway: new AIGateway(chart, 'gw') };
}

/** All findings of a program, as `path: message`. */
export function findingsOf(write: (program: Program) => void, props?: ChartProps): string[] {
  const program = programOf(props);
  write(program);
  return Checks.findings(program.app).map(({ path, message }) => `${path}: ${message}`);
}
