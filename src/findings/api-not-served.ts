import { CodeDefinition } from './finding';

export const API_NOT_SERVED: CodeDefinition = {
  code: 'API_NOT_SERVED',
  severity: 'error',
  title: 'A target cannot serve a client API of its route',
  cause: 'A provider speaks an API into which the gateway cannot translate what clients send, or the providers of one rule have no client API in common; or the first one serves chat completions, another one does not, and `apis` does not say that clients call something else.',
  consequence: 'Requests that reach this provider answer 500 with an empty body; as a fallback it turns a clear error into that.',
  fix: 'Use a provider that serves the API, or declare with `apis` which client APIs the route is for.',
};
