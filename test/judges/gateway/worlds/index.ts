import { fallback } from './fallback';
import { providers } from './providers';
import { World } from '../world';

export const worlds: readonly World[] = [providers, fallback];
