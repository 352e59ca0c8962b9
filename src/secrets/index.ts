export { compareKeys } from './contract';
export { RenderedExternalSecret, renderExternalSecret } from './external-secret';
export { readSealedSecret } from './sealed-secret';
export { readSops } from './sops';
export { describeSource } from './source';
