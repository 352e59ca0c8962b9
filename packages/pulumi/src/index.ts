export { Cdk8sComponent, Cdk8sComponentOptions, Chart, ChartArgs } from './cdk8s-component';
export { PlacementArgs, resourceOf, RoutePlacementArgs } from './component';
export { KubeObject } from './kube-object';
export { asNumber, asString } from './tokens';
export { AwsAccessKey } from './credential-factories';
export * from './generated/components';
export * from './generated/structs';
export * from './generated/values';
