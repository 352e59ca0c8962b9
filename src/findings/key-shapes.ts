/** Forms of live credentials. Long enough, and mixed enough, that names of objects are none of them. */
const SHAPES: readonly { readonly what: string; readonly form: RegExp; readonly random?: boolean }[] = [
  { what: 'an API key', form: /(?<![A-Za-z0-9])sk-[\w-]{20,}/, random: true },
  { what: 'an AWS access key id', form: /(?<![A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  { what: 'a private key', form: /-----BEGIN [A-Z ]*PRIVATE KEY-----|AGE-SECRET-KEY-1|"private_key"\s*:/ },
  { what: 'a Google API key', form: /(?<![A-Za-z0-9])AIza[\w-]{35}/ },
  { what: 'an API key', form: /(?<![A-Za-z0-9])(gsk_|xai-|hf_|r8_|nvapi-|pplx-|ghp_|glpat-|xox[bap]-)[\w-]{20,}/, random: true },
  { what: 'a bearer token', form: /(?<![A-Za-z0-9])Bearer\s+[\w.~+/-]{16,}=*/i, random: true },
];
/** Cheap text that every form contains: almost all strings are done with after this one look. Letters of either case would make it slower. */
const HINT = /sk-|AKIA|ASIA|PRIVATE KEY|AGE-SECRET|private_key|AIza|gsk_|xai-|hf_|r8_|nvapi-|pplx-|ghp_|glpat-|xox[bap]-|[Bb][Ee][Aa][Rr][Ee][Rr]/;
/** Places that another tool fills in: a variable, a template, an Envoy formatter. */
const FILLED_IN = /\$\{|\$\(|\{\{|%[A-Z_]+\(|<path:/;

/** What a text looks like, where it looks like a live credential. Never returns any of the text. */
export function keyShape(text: string): string | undefined {
  if (text.length < 16 || !HINT.test(text)) return undefined;
  for (const { what, form, random } of SHAPES) {
    const found = form.exec(text)?.[0];
    if (found !== undefined && (!random || looksRandom(found))) return what;
  }
  return undefined;
}

/** Names of settings that hold a credential, in the spelling of environment variables. */
const CREDENTIAL_NAME = /(^|_)(SECRET_ACCESS_KEY|SESSION_TOKEN|API_KEY|ACCESS_TOKEN|AUTH_TOKEN|CLIENT_SECRET|PASSWORD)$/i;

/** Whether a setting holds a credential: by its name, and by a value that is long and mixed enough to be one. */
export function isCredentialSetting(name: string, value: string): boolean {
  return CREDENTIAL_NAME.test(name) && value.length >= 16 && !isFilledIn(value) && !/\s|:\/\//.test(value) && looksRandom(value);
}

/** Whether a text is only a place that another tool fills in. */
export function isFilledIn(text: string): boolean {
  return FILLED_IN.test(text) || /^ref\+\w+:/.test(text);
}

/** Words and names of Kubernetes have no digits amid both cases, and no long run without a separator. */
export function looksRandom(text: string): boolean {
  return /\d/.test(text) && ((/[A-Z]/.test(text.slice(4)) && /[a-z]/.test(text.slice(4))) || /[a-z0-9]{24,}/i.test(text));
}
