export * from './credential';
export * from './gateway';
export * from './manifest';
export * from './policy-point';
export * from './provider';
export * from './route';
export * from './secret';
export * from './target';
