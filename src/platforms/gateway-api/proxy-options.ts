import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { GatewayIntent, ResourcesIntent } from '../../intent';
import { OUT_OF_RANGE } from '../codes';

const MOST_REPLICAS = 1000;
/** Of Kubernetes. */
const QUANTITY = /^(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const UNITS: { readonly [unit: string]: number } = {
  '': 1, 'n': 1e-9, 'u': 1e-6, 'm': 1e-3, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'P': 1e15, 'E': 1e18,
  'Ki': 2 ** 10, 'Mi': 2 ** 20, 'Gi': 2 ** 30, 'Ti': 2 ** 40, 'Pi': 2 ** 50, 'Ei': 2 ** 60,
};
const MEBIBYTE = 2 ** 20;
const RESOURCES = ['cpuRequest', 'cpuLimit', 'memoryRequest', 'memoryLimit'] as const;
const PAIRS = [['cpuRequest', 'cpuLimit'], ['memoryRequest', 'memoryLimit']] as const;

/** What CRDs take of a proxy's pods and Deployments do not: the pods would never come, and no status says so. */
export function checkReplicas({ proxy }: GatewayIntent): Problem[] {
  // What is no number at all, CRDs refuse.
  return typeof proxy?.replicas === 'number' ? replicaProblems(proxy.replicas, 'proxy.replicas') : [];
}

/** A number of pods that no Deployment takes. */
export function replicaProblems(replicas: unknown, prop: string, least = 0): Problem[] {
  if (replicas === undefined || isToken(replicas)) return [];
  if (Number.isInteger(replicas) && Number(replicas) >= least && Number(replicas) <= MOST_REPLICAS) return [];
  return [{ definition: OUT_OF_RANGE, prop, message: `is not a whole number from ${least} to ${MOST_REPLICAS}`, value: replicas, fix: 'use a number of pods' }];
}

/**
 * CRDs take any text as a quantity, or negative ones, and see no limit below its request.
 *
 * @param bodyBytes the largest body, where the containers hold it as a whole
 */
export function checkResources({ proxy, sidecar }: GatewayIntent, bodyBytes?: number): Problem[] {
  const containers = [['proxy.resources', proxy?.resources], ['sidecar.resources', sidecar?.resources]] as const;
  return containers.flatMap(([prop, resources]) => [
    ...quantityProblems(resources, prop),
    ...(bodyBytes === undefined ? [] : memoryProblems(resources, prop, bodyBytes, 'maxBodySize')),
  ]);
}

/** Resources that no container can have. */
export function quantityProblems(resources: ResourcesIntent | undefined, prop: string): Problem[] {
  const problems: Problem[] = [];
  for (const name of RESOURCES) {
    const value: unknown = resources?.[name];
    // What is neither text nor number, CRDs and the rules on manifests refuse.
    if (isToken(value) || (typeof value === 'string' ? QUANTITY.test(value) : typeof value !== 'number' || (Number.isFinite(value) && value >= 0))) continue;
    problems.push({
      definition: OUT_OF_RANGE, prop, message: `has a ${name} that is no quantity of Kubernetes`, value, fix: 'write one such as "500m", "2" or "512Mi"',
    });
  }
  for (const [request, limit] of PAIRS) {
    if (!(amountOf(resources?.[request]) > amountOf(resources?.[limit]))) continue;
    problems.push({
      definition: OUT_OF_RANGE, prop, message: `has a ${request} above its ${limit}, ${resources![limit]}`, value: resources![request], fix: 'request no more than the limit',
    });
  }
  return problems;
}

/**
 * A container whose memory ends below the largest body that it may be sent: such a body gets it killed, with all requests in it.
 *
 * @param limitedBy what decides the size of bodies, for messages
 */
export function memoryProblems(resources: ResourcesIntent | undefined, prop: string, bodyBytes: number, limitedBy: string): Problem[] {
  const bytes = amountOf(resources?.memoryLimit);
  // Kubernetes takes 0 for no limit.
  if (!(bytes > 0 && bytes <= bodyBytes)) return [];
  return [{
    definition: OUT_OF_RANGE,
    prop,
    message: `has a memoryLimit in which no body of ${bodyBytes / MEBIBYTE} MiB fits, the largest that is let in: the first one gets the container killed`,
    value: resources!.memoryLimit,
    fix: `use several times as much, such as "512Mi", or lower ${limitedBy}`,
  }];
}

/** Not a number where it is none, or known only later: every comparison with that is false. */
function amountOf(quantity: unknown): number {
  if (isToken(quantity)) return NaN;
  if (typeof quantity === 'number') return quantity;
  const [, count, , unit = ''] = typeof quantity === 'string' ? QUANTITY.exec(quantity) ?? [] : [];
  if (count === undefined) return NaN;
  return Number(count) * (/^[eE]/.test(unit) ? 10 ** Number(unit.slice(1)) : UNITS[unit]);
}
