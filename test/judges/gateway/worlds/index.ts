import { fallback } from './fallback';
import { World } from '../world';

export const worlds: readonly World[] = [fallback];
