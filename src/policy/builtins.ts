/** A part of a text, from `start` up to and without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What rules can look for by name. Patterns are bounded and do not overlap in
 * more than one way, so that they take time proportional to the text; what a
 * checksum can rule out, it does.
 */
const BUILTINS: { readonly [name: string]: (text: string) => Span[] } = {
  'email': text => emails(text),
  'credit-card': text => cards(text),
  'us-ssn': matcher(/(?<![\d-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g),
  'iban': matcher(/(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}/g, ibanLength),
  'phone': matcher(/(?<![\d+.-])(?:\+\d(?:[ .()-]{0,2}\d){7,14}|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?![\d-])/g),
  'api-key': matcher(new RegExp([
    // The same providers' keys the manifests are searched for, and a few of the clouds and forges.
    'sk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{20,200}', '(?:gsk|xai|hf|r8|nvapi|pplx)[_-][A-Za-z0-9_-]{20,200}',
    '(?:AKIA|ASIA)[A-Z0-9]{16}', 'AIza[A-Za-z0-9_-]{35}', 'ya29\\.[A-Za-z0-9_-]{20,300}',
    'gh[pousr]_[A-Za-z0-9]{36,255}', 'github_pat_[A-Za-z0-9_]{22,255}', 'glpat-[A-Za-z0-9_-]{20,60}',
    'xox[abeoprs]-[A-Za-z0-9-]{10,250}', '[sr]k_live_[A-Za-z0-9]{16,250}', 'npm_[A-Za-z0-9]{36}', 'SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}',
  ].map(form => `(?<![A-Za-z0-9])${form}`).join('|'), 'g')),
  // Up to the end mark, or as far as the key can go where that was left out.
  'private-key': matcher(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,20000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?|AGE-SECRET-KEY-1[A-Z0-9]{40,80}/g),
};

export const BUILTIN_NAMES: readonly string[] = Object.keys(BUILTINS);

export function builtinFinder(name: string): (text: string) => Span[] {
  return BUILTINS[name];
}

/** `trim` gives the length of the part that counts, 0 for none. */
function matcher(form: RegExp, trim: (found: string) => number = found => found.length): (text: string) => Span[] {
  return (text) => {
    const spans: Span[] = [];
    form.lastIndex = 0;
    for (let found = form.exec(text); found; found = form.exec(text)) {
      const length = trim(found[0]);
      if (length > 0) spans.push({ start: found.index, end: found.index + length });
      // What was ruled out may hide what begins inside it.
      form.lastIndex = found.index + Math.max(length, 1);
    }
    return spans;
  };
}

/** Rarer characters are left outside of the match; what is inside still goes. */
const LOCAL_PART = /[\p{L}\p{N}\p{M}_.%+-]/u;
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.){1,8}\p{L}[\p{L}\p{M}]{1,23}/uy;
const LONGEST_LOCAL_PART = 64;

/** From each @ outwards: a search from the left would try all beginnings of a long word for each. */
function emails(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < LONGEST_LOCAL_PART && LOCAL_PART.test(text[start - 1])) start--;
    if (start === at) continue;
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(text);
    if (domain) spans.push({ start, end: at + 1 + domain[0].length });
  }
  return spans;
}

/** Runs of digits with single blanks, dots or dashes between them. */
const DIGIT_RUN = /\d(?:[ .-]?\d){12,}/g;
const ISSUER = /^(?:4|5[1-5]|2[2-7]|3[47]|3[068]|6(?:011|4|5|2)|35|50|56|57|58|6[37])/;

/** Numbers of 13 to 19 digits with the issuer's beginning and a right checksum, which begin and end where a group of digits does. */
function cards(text: string): Span[] {
  const spans: Span[] = [];
  DIGIT_RUN.lastIndex = 0;
  for (let run = DIGIT_RUN.exec(text); run; run = DIGIT_RUN.exec(text)) {
    const at: number[] = [];
    for (let i = 0; i < run[0].length; i++) if (isDigit(run[0].charCodeAt(i))) at.push(i);
    for (let first = 0; first + 13 <= at.length; first++) {
      if (first > 0 && at[first] === at[first - 1] + 1) continue;
      const length = cardLength(run[0], at, first);
      if (length === 0) continue;
      spans.push({ start: run.index + at[first], end: run.index + at[first + length - 1] + 1 });
      first += length - 1;
    }
  }
  return spans;
}

function cardLength(run: string, at: readonly number[], first: number): number {
  for (let length = Math.min(19, at.length - first); length >= 13; length--) {
    const last = first + length - 1;
    if (last + 1 < at.length && at[last + 1] === at[last] + 1) continue;
    const digits = at.slice(first, last + 1).map(i => run[i]).join('');
    if (ISSUER.test(digits) && luhn(digits)) return length;
  }
  return 0;
}

export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Words may follow the number without a mark between, so shorter beginnings are tried as well. */
function ibanLength(found: string): number {
  const country = found.slice(0, 2).toUpperCase();
  const wanted = IBAN_LENGTHS[country];
  if (wanted === undefined) return 0;
  let compact = '';
  for (let i = 0; i < found.length; i++) {
    if (found[i] === ' ' || found[i] === '-') continue;
    compact += found[i].toUpperCase();
    if (compact.length === wanted) return mod97(compact) === 1 ? i + 1 : 0;
  }
  return 0;
}

const IBAN_LENGTHS: { readonly [country: string]: number } = Object.fromEntries(
  ('AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 '
    + 'GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 '
    + 'MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 '
    + 'VA22 VG24 XK20 YE30').split(' ').map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
);

function mod97(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
