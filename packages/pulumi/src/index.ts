export { Cdk8sComponent, Cdk8sComponentOptions, Chart, ChartArgs } from './cdk8s-component';
export { PlacementArgs, resourceOf } from './component';
export { KubeObject } from './kube-object';
export { asNumber, asString } from './tokens';
