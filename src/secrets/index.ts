export { compareKeys } from './contract';
export { RenderedExternalSecret, renderExternalSecret } from './external-secret';
export { readSealedSecret, sealedManifestProblems } from './sealed-secret';
export { readSops, sopsManifestProblems } from './sops';
export { sopsMacProblems } from './sops-mac';
export { describeSource } from './source';
