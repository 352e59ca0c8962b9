import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { GatewayIntent } from '../../intent';
import { OUT_OF_RANGE } from '../codes';

const MOST_REPLICAS = 1000;
/** Of Kubernetes. */
const QUANTITY = /^(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const RESOURCES = ['cpuRequest', 'cpuLimit', 'memoryRequest', 'memoryLimit'] as const;

/** What CRDs take of a proxy's pods and Deployments do not: the pods would never come, and no status says so. */
export function checkReplicas({ proxy }: GatewayIntent): Problem[] {
  const replicas: unknown = proxy?.replicas;
  if (typeof replicas === 'number' && !isToken(replicas) && !(Number.isInteger(replicas) && replicas >= 0 && replicas <= MOST_REPLICAS)) {
    return [{ definition: OUT_OF_RANGE, prop: 'proxy.replicas', message: `is not a whole number from 0 to ${MOST_REPLICAS}`, value: replicas, fix: 'use a number of pods' }];
  }
  return [];
}

/** For platforms whose CRDs take any text as a quantity. */
export function checkQuantities({ proxy }: GatewayIntent): Problem[] {
  const problems: Problem[] = [];
  for (const name of RESOURCES) {
    const value: unknown = proxy?.resources?.[name];
    if (typeof value !== 'string' || isToken(value) || QUANTITY.test(value)) continue;
    problems.push({
      definition: OUT_OF_RANGE, prop: 'proxy.resources', message: `has a ${name} that is no quantity of Kubernetes`, value, fix: 'write one such as "500m", "2" or "512Mi"',
    });
  }
  return problems;
}
