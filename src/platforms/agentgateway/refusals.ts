import { Feature, Release, since } from './releases';
import { Problem } from '../../findings/finding';
import { NOT_EXPRESSIBLE, NOT_IN_RELEASE } from '../codes';

/** `message` has the platform's name where it says what it lacks. */
export function notExpressible(prop: string, message: string, fix: string, value?: unknown): Problem {
  return { definition: NOT_EXPRESSIBLE, prop, message, value, fix };
}

export function lacking(release: Release, feature: Feature, prop: string, what: string): Problem[] {
  if (release.has(feature)) return [];
  return [{
    definition: NOT_IN_RELEASE,
    prop,
    message: `${what}, which ${release.label} cannot do`,
    fix: `target agentgateway ${since(feature)} with Platform.use()`,
  }];
}
