import { Problem } from '../../findings/finding';
import { NOT_EXPRESSIBLE } from '../codes';

/** `message` has the platform's name. */
export function notExpressible(prop: string, message: string, fix: string, value?: unknown): Problem {
  return { definition: NOT_EXPRESSIBLE, prop, message, value, fix };
}
