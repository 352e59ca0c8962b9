import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Checks, Finding, Platform } from '../../src';

/** What the checks say of raw manifests that no construct of ours made. */
export function findingsInYaml(text: string, options: { platform?: Platform; complete?: readonly string[] } = {}): Finding[] {
  return findingsIn((chart) => {
    parseAllDocuments(text).forEach((document, index) => new ApiObject(chart, `doc-${index}`, document.toJS()));
  }, { ...options, namespace: undefined });
}

/** What the checks say of a program. */
export function findingsIn(
  program: (chart: Chart, app: App) => void,
  options: { platform?: Platform; complete?: readonly string[]; namespace?: string } = {},
): Finding[] {
  const app = new App();
  if (options.platform) Platform.use(app, options.platform);
  const chart = new Chart(app, 'test', { namespace: 'namespace' in options ? options.namespace : 'ai' });
  program(chart, app);
  for (const namespace of options.complete ?? []) Checks.declareComplete(app, namespace);
  return Checks.findings(app);
}

/** The codes alone, sorted, each once. */
export function codes(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(f => f.code))].sort();
}
