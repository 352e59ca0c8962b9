import * as fs from 'fs';
import * as path from 'path';
import { linkToCode } from './link-to-code';
import { objectRulesTables } from './object-rules';
import { OBJECT_RULES } from '../../test/generated/between-objects';
import { Cluster } from '../../test/generated/arbitraries/slots';
import { accountOf, TRANSITION } from '../../test/generated/limits/cel-accounts';
import { celRulesOf, CLUSTERS, KINDS, Limit, limitsOf, WrittenKind, writtenKinds } from '../../test/generated/limits/crd-limits';
import { Survey, survey } from '../../test/generated/limits/survey';
import { celVerdicts, tryLimit } from '../../test/generated/limits/verdicts';

const file = path.join(__dirname, '../../docs/limits.md');

/** The page of limits, made of the CRDs and of what the checks say to manifests that break them. */
export function limitsPage(): string {
  const reached = survey();
  const celRows = rulesTable();
  const [all, reachedRules] = countRules(reached);
  return `# Limits

What an API server refuses is refused at synthesis, in words of the program. This page lists every limit of the CRDs that
a property can reach, every CEL rule on what constructs write, and what must hold between objects, with the code that tells
it. It is generated from the CRD files of the releases that can be targeted; tests break each limit and each rule, and hold
what the checks say against what an API server says.

- **Structure**: lengths, numbers, counts, patterns, values and required fields are checked in every manifest, of constructs
  or not, for the release that is targeted. ${countLimits()} such limits are in the CRDs of the kinds below; all of them are
  ours.
- **CEL rules**: of ${all} rules, ${reachedRules} are on fields that constructs write. The others are on fields that only
  hand-written manifests have: those that ask for nothing but which fields are given, such as one of two, are ours, the rest is left
  to the server, as are the rules below that say so.
- **Between objects**: ${OBJECT_RULES.length} rules on references and contracts. An API server accepts manifests that break them, and the
  gateway does not do what they say; all of them are ours.
- **Left to the server** in any case: kinds that are not listed here, and what an update may change.

Rules on one object that no CRD states are in [Error codes](codes.md).

## Limits that properties reach

Where no property is named, the value follows from names of objects.

${limitsTables(reached)}
## CEL rules on what constructs write

| Kind | Rule | Checked by |
|---|---|---|
${celRows.join('\n')}

A rule that is left to the server ${TRANSITION}, or holds for everything that constructs write:

| Kind | Rule | Why nothing breaks it |
|---|---|---|
${leftRows(reached).join('\n')}

## What must hold between objects

References that have to resolve, and what two objects have to agree on. An object that is not in the output can be in the
cluster, so some rules are told only, or as an error only, where \`Checks.declareComplete()\` says that nothing else
exists in the namespace: "error, complete". An API server accepts all manifests that break one of these rules.

${objectRulesTables()}
`;
}

function limitsTables(reached: Survey): string {
  return KINDS.map((kind) => {
    const rows = rowsOf(kind, reached);
    return rows.length === 0 ? '' : `### ${kind}\n\n| Field | Limit | Property | Code |\n|---|---|---|---|\n${rows.join('\n')}\n\n`;
  }).join('');
}

/** One row for each field whose value, or whose number of items, a program decides. */
function rowsOf(kind: string, reached: Survey): string[] {
  const paths = [...reached.get(kind) ?? []].filter(([, { values }]) => values.size > 1).sort(([a], [b]) => (a < b ? -1 : 1));
  return paths.flatMap(([at, { properties }]) => {
    const byRelease = CLUSTERS.filter(({ channel }) => channel === 'standard').map(cluster => ({ cluster, ...limitsAt(kind, at, cluster) }));
    const told = byRelease.filter(({ text }) => text !== '');
    if (told.length === 0) return [];
    const codes = [...new Set(told.flatMap(entry => entry.codes))].sort();
    return [`| \`${at}\` | ${inReleases(told)} | ${[...properties].sort().map(name => `\`${name}\``).join(', ') || '-'} | ${codes.map(linkToCode).join(', ')} |`];
  });
}

function limitsAt(kind: string, at: string, cluster: Cluster): { readonly text: string; readonly codes: readonly string[] } {
  const written = kindOf(kind, cluster);
  // A map's required fields are those of its items, and come with them.
  const here = limitsOf(written).filter(limit => limit.path === at && limit.keyword !== 'required' && limit.keyword !== 'form');
  return {
    text: describeLimits(here),
    codes: here.flatMap(limit => tryLimit(limit, written, cluster)?.codes ?? []),
  };
}

function kindOf(kind: string, cluster: Cluster): WrittenKind {
  return writtenKinds(cluster).find(({ crd }) => crd.kind === kind)!;
}

function inReleases(told: readonly { readonly cluster: Cluster; readonly text: string }[]): string {
  const texts = [...new Set(told.map(({ text }) => text))];
  if (texts.length === 1 && told.length === 5) return texts[0];
  return texts.map((text) => {
    const releases = told.filter(entry => entry.text === text).map(({ cluster }) => cluster.release);
    return `${releases.length === 1 ? releases[0] : `${releases[0]} to ${releases.at(-1)}`}: ${text}`;
  }).join('<br>');
}

function describeLimits(limits: readonly Limit[]): string {
  const value = (keyword: Limit['keyword']) => limits.find(limit => limit.keyword === keyword)?.value;
  const range = (what: string, least: unknown, most: unknown) => {
    if (least === undefined && most === undefined) return [];
    if (most === undefined) return [`at least ${String(least)}${what}`];
    return [least === undefined ? `at most ${String(most)}${what}` : `${String(least)} to ${String(most)}${what}`];
  };
  const unique = value('unique');
  return [
    ...range(' characters', value('minLength'), value('maxLength')),
    ...range('', value('minimum'), value('maximum')),
    ...range(' items', value('minItems'), value('maxItems')),
    ...range(' fields', value('minProperties'), value('maxProperties')),
    ...(value('enum') === undefined ? [] : [`one of ${(value('enum') as string[]).map(text => `\`${text}\``).join(', ')}`]),
    ...(value('pattern') === undefined ? [] : [`matches \`${escaped(String(value('pattern')))}\``]),
    ...formatOf(value('format')),
    ...(unique === undefined ? [] : [Array.isArray(unique) ? `no two with the same ${unique.join(' and ')}` : 'no two the same']),
  ].join('; ');
}

function formatOf(format: unknown): string[] {
  switch (format) {
    case undefined: return [];
    case 'int32': return ['32 bits'];
    case 'int64': return ['64 bits'];
    case 'byte': return ['Base64'];
    default: return [`a ${String(format)}`];
  }
}

function rulesTable(): string[] {
  return celVerdicts().filter(({ codes }) => codes.length > 0).map(({ account, broken, codes }) =>
    `| ${account.kind} | ${ruleText(account.message, broken)} | ${codes.map(linkToCode).join(', ')} |`)
    .filter((row, index, rows) => rows.indexOf(row) === index);
}

function leftRows(reached: Survey): string[] {
  const left = celVerdicts().filter(({ codes }) => codes.length === 0).map(({ account, broken }) =>
    `| ${account.kind} | ${ruleText(account.message, broken)} | ${account.left} |`);
  const transitions = CLUSTERS.flatMap(cluster => writtenKinds(cluster).flatMap(celRulesOf))
    .filter(({ kind, path: at, rule }) => /\boldSelf\b/.test(rule) && reached.get(kind)?.has(at))
    .map(({ kind, path: at, message }) => `| ${kind} | \`${at}\`: ${message} | ${TRANSITION} |`);
  return [...new Set([...left, ...transitions])];
}

/** The whole message, in the words of the server. */
function ruleText(begin: string, complaints: readonly string[]): string {
  const complaint = complaints.find(text => text.includes(begin)) ?? begin;
  return escaped(complaint.slice(complaint.indexOf(begin)).replace(/ See https:.*$/, ''));
}

function countLimits(): number {
  const seen = new Set<object>();
  return CLUSTERS.flatMap(writtenKinds).filter(({ version }) => !seen.has(version) && seen.add(version)).flatMap(limitsOf).length;
}

function countRules(reached: Survey): [all: number, reached: number] {
  const rules = new Map(CLUSTERS.flatMap(writtenKinds).flatMap(celRulesOf).map(rule => [`${rule.kind} ${rule.path} ${rule.rule}`, rule]));
  const ours = [...rules.values()].filter(rule => reached.get(rule.kind)?.has(rule.path) || accountOf(rule));
  return [rules.size, ours.length];
}

function escaped(text: string): string {
  return text.replace(/\|/g, '\\|');
}

if (require.main === module) fs.writeFileSync(file, limitsPage());
