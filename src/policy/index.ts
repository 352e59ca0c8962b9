export * from './compile';
export * from './decide';
export * from './deny';
export * from './document';
export * from './endpoints';
export * from './read';
export * from './request';
export * from './text';
