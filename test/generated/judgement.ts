import { ApiObject } from 'cdk8s';
import { catalogue } from '../../src/catalogue';
import { CrdJudge, CrdTarget } from '../judges/crd/judge';
import { Cluster } from './arbitraries/slots';
import { interpret } from './interpret';
import { documentsOf, Outcome, outcomeOf } from './outcome';
import { Program, ReleaseName } from './program';
import { judgeKgateway } from '../judges/kgateway/judge';

/** What a program came to, and what is wrong with that; nothing should be. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly complaints: readonly string[];
}

interface Manifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly sops?: unknown;
}

const KNOWN: ReadonlySet<string> = new Set(catalogue.map(({ code }) => code));
/** Codes that say no more than that the API server refuses the manifest. */
const ONLY_THE_SERVER: ReadonlySet<string> = new Set(['UNKNOWN_FIELD', 'MISSING_FIELD', 'INVALID_VALUE', 'INVALID_NAME']);
const MESSAGE = /^\[[^\n]*\] [^\n]+ \[([A-Z0-9_]+)\]$/u;
/** What Go's reader of YAML refuses, or reads as something else. */
const NOT_IN_YAML = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
/** What cdk8s writes without quotes and Kubernetes reads as a number. */
const OCTAL = /"[-+]?0o[0-7_]+"/;
/** Half a character in JSON text. A backslash that is escaped itself begins no escape. */
const HALF_IN_JSON = /(?<=(?<!\\)(?:\\\\)*)\\ud[89a-f]/;
const UNREADABLE = /\bundefined\b|\[object \w+\]|=> /;

/**
 * Holds a program against what is promised: it is refused by findings, or its manifests are accepted; and it says the
 * same each time, in whatever order its parts are declared.
 *
 * @param folder where encrypted files are written
 */
export function judge(program: Program, folder: string): Judgement {
  const outcome = outcomeOf(() => interpret(program, folder));
  const again = outcomeOf(() => interpret(program, folder));
  const reversed = outcomeOf(() => interpret(program, folder, 'reversed'));
  return {
    outcome,
    complaints: [
      ...complaintsOf(program, outcome, folder),
      ...(textOf(outcome) === textOf(again) ? [] : ['a second run says something else']),
      ...differences(outcome, reversed),
    ],
  };
}

function complaintsOf(program: Program, outcome: Outcome, folder: string): string[] {
  switch (outcome.kind) {
    case 'crashed': return [`an exception that is no finding: ${String((outcome.error as Error)?.stack ?? outcome.error)}`];
    case 'refused': return [...unreadable(outcome.messages), ...refusedWithoutReason(program, outcome, folder)];
    case 'made': return [...manifestComplaints(outcome.yaml, judgesOf(program)), ...setupComplaints(outcome)];
  }
}

/** Why the CRDs refuse what a program made. */
function manifestComplaints(yaml: string, refusals: Refusals): string[] {
  const [strange] = NOT_IN_YAML.exec(yaml) ?? [];
  if (strange !== undefined) return [`the cluster's tools refuse the output for ${JSON.stringify(strange)}, U+${strange.charCodeAt(0).toString(16)}`];
  let documents: readonly unknown[];
  try {
    documents = documentsOf(yaml);
  } catch (error) {
    return [`the output is not the YAML it was meant to be: ${String(error)}`];
  }
  if (HALF_IN_JSON.test(JSON.stringify(documents))) return ['the cluster\'s tools refuse the output for half a character in it'];
  return ours(documents).flatMap(manifest => refusals([manifest], manifest.sops !== undefined));
}

/** Every values file is one that the commands name, and says something. */
function setupComplaints({ setup }: Extract<Outcome, { kind: 'made' }>): string[] {
  const commands = setup.find(({ name }) => name === 'commands')?.text ?? '';
  return setup.filter(({ name, text }) => name !== 'commands' && !(commands.includes(name) && documentsOf(text).length === 1))
    .map(({ name }) => `no command uses ${name}, or it is empty`);
}

/** Manifests whose kinds have a CRD here, or come with Kubernetes. */
export function ours(documents: readonly unknown[]): Manifest[] {
  return (documents as Manifest[]).filter(({ apiVersion }) => apiVersion !== 'cert-manager.io/v1');
}

/** Every message names a construct and ends in a code there is, and can be read. */
function unreadable(messages: readonly string[]): string[] {
  return messages.filter((message) => {
    const [, code] = MESSAGE.exec(message) ?? [];
    return code === undefined || !KNOWN.has(code) || UNREADABLE.test(message);
  }).map(message => `not a message for people: ${message}`);
}

/** A program that is refused for the API server's sake is refused by it. */
function refusedWithoutReason(program: Program, { findings }: Extract<Outcome, { kind: 'refused' }>, folder: string): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0 || !errors.every(({ code }) => ONLY_THE_SERVER.has(code))) return [];
  const { app } = interpret(program, folder);
  const all = app.node.findAll().filter(ApiObject.isApiObject).map(object => object.toJson());
  const manifests = ours(all);
  if (manifests.length < all.length) return [];
  // A number that JSON does not have, or a character that YAML does not.
  const text = JSON.stringify(manifests, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? '\u007f' : value));
  const refused = NOT_IN_YAML.test(text) || HALF_IN_JSON.test(text) || OCTAL.test(text)
    || manifests.some(manifest => judgesOf(program)([manifest], manifest.sops !== undefined).length > 0);
  return refused ? [] : [`the API server would accept it: ${errors[0].message}`];
}

/** The same documents and findings, in whatever order. */
function differences(one: Outcome, other: Outcome): string[] {
  const [here, there] = [partsOf(one), partsOf(other)];
  const lost = here.filter(part => !there.includes(part));
  const gained = there.filter(part => !here.includes(part));
  if (lost.length + gained.length === 0) return [];
  return [`declared in another order it says something else: ${[...lost.map(part => `- ${part}`), ...gained.map(part => `+ ${part}`)].slice(0, 4).join('\n')}`];
}

function partsOf(outcome: Outcome): readonly string[] {
  switch (outcome.kind) {
    case 'crashed': return [String(outcome.error)];
    case 'refused': return outcome.messages;
    case 'made': return [...outcome.setup.map(({ name, text }) => `${name}: ${text}`), ...outcome.yaml.split(/^---\n/m).map(text => text.trimEnd()), ...outcome.findings.map(({ path, message }) => `${path}: ${message}`)];
  }
}

function textOf(outcome: Outcome): string {
  return partsOf(outcome).join('\n---\n');
}

const ENVOY_GATEWAY_CRDS = { 'v1.6': 'v1.6.0', 'v1.7': 'v1.7.0', 'v1.8': 'v1.8.1' } as const;
const AGENTGATEWAY_CRDS: { readonly [release: string]: CrdTarget } = {
  'v1.0': { aiGateway: 'v1.1.0', envoyGateway: 'v1.8.1', agentgateway: 'v1.0.0' },
  'v1.4': { aiGateway: 'v1.1.0', envoyGateway: 'v1.9.0', agentgateway: 'v1.4.1' },
};

type Refusals = (manifests: readonly unknown[], encrypted: boolean) => string[];

function judgesOf({ platform }: Program): Refusals {
  const target = crdsOf(platform);
  if (!target) return (manifests, encrypted) => judgeKgateway(manifests, { encrypted });
  const crds = CrdJudge.load(target);
  return (manifests, encrypted) => crds.judgeAll(manifests, { encrypted });
}

/** CRDs of a cluster; of kgateway there are none. */
export function crdsOf(cluster: Cluster): CrdTarget | undefined {
  switch (cluster.gateway) {
    case 'kgateway': return undefined;
    case 'agentgateway': return AGENTGATEWAY_CRDS[cluster.release];
    default: return crdTarget(cluster);
  }
}

/** CRDs of a cluster with Envoy AI Gateway. */
export function crdTarget({ release, envoyGateway, channel }: Cluster): CrdTarget {
  return { aiGateway: `${release as ReleaseName}.0`, envoyGateway: envoyGateway && ENVOY_GATEWAY_CRDS[envoyGateway], channel };
}
