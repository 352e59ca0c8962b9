import { GraphNode } from '../../graph';
import { DataUse, usesOfData } from '../../go-template';
import { at, fields, isToken, list, text } from '../../read';
import { Rule, RuleFinding } from '../../rule';
import { EXTERNAL_SECRETS } from '../../secret-sources';

export const externalSecretTemplateField: Rule = {
  code: 'EXTERNAL_SECRET_TEMPLATE_FIELD',
  severity: 'error',
  title: 'A template of an ExternalSecret reads what is not fetched',
  cause: 'A template names an entry that no `secretKey` of `data` is, although nothing else fetches any, or in a form that the engine `v2` does not read: its data is a flat map of texts.',
  consequence: 'The synchronisation fails, so the Secret does not appear or keeps an old credential; `index` makes the value empty without a word.',
  fix: 'Name a `secretKey` of `data`, as in `{{ .apiKey }}`; one with a dash or a dot is read by `{{ index . "client-secret" }}`.',
  * check(graph) {
    for (const node of graph.ofKind(EXTERNAL_SECRETS, 'ExternalSecret')) {
      const template = at(node.manifest, 'spec', 'target', 'template');
      if (template === undefined || (text(at(template, 'engineVersion')) ?? 'v2') !== 'v2') continue;
      const fetched = fetchedBy(node);
      for (const { prop, value } of templatesIn(template)) yield* judge(node, prop, value, fetched);
    }
  },
};

/** Entries of the engine's data; undefined where not all are known, or none are and that is told. */
function fetchedBy({ manifest }: GraphNode): ReadonlySet<string> | undefined {
  const { data, dataFrom } = fields(manifest.spec);
  const keys = list(data).map(entry => fields(entry).secretKey);
  if (list(dataFrom).length > 0 || keys.length === 0 || !keys.every(key => typeof key === 'string' && !isToken(key))) return undefined;
  return new Set(keys as string[]);
}

function* templatesIn(template: unknown): Iterable<{ readonly prop: string; readonly value: string }> {
  for (const path of [['data'], ['metadata', 'labels'], ['metadata', 'annotations']]) {
    for (const [key, value] of Object.entries(fields(at(template, ...path)))) {
      if (typeof value === 'string') yield { prop: `spec.target.template.${path.join('.')}.${key}`, value };
    }
  }
  for (const [index, source] of list(at(template, 'templateFrom')).entries()) {
    const value = text(fields(source).literal);
    if (value !== undefined) yield { prop: `spec.target.template.templateFrom[${index}].literal`, value };
  }
}

function* judge(node: GraphNode, prop: string, template: string, fetched: ReadonlySet<string> | undefined): Iterable<RuleFinding> {
  if (isToken(template)) return;
  const told = new Set<string>();
  for (const use of usesOfData(template)) {
    if (told.has(use.written)) continue;
    told.add(use.written);
    const wrong = use.broken === undefined ? absence(use, fetched) : misreading(use, fetched);
    if (wrong) yield { node, prop, ...wrong };
  }
}

type Wrong = Pick<RuleFinding, 'message' | 'fix'>;

function misreading({ name, written, broken }: DataUse, fetched: ReadonlySet<string> | undefined): Wrong {
  const inside = name.replace(/^data\./, '');
  const fix = broken === 'dash' || fetched?.has(name) || !fetched?.has(inside) ? `write {{ index . ${JSON.stringify(name)} }}, or rename the entry` : `write {{ .${inside} }}`;
  return broken === 'dash'
    ? { message: `reads ${written}, and the engine takes no name with a dash`, fix }
    : { message: `reads ${written}, a part of what is one text: the data of the engine has no levels`, fix };
}

function absence({ name, written, absent }: DataUse, fetched: ReadonlySet<string> | undefined): Wrong | undefined {
  if (!fetched || fetched.has(name)) return undefined;
  return {
    message: `reads ${written}, which no entry of \`data\` fetches, so ${absent === 'fails' ? 'every synchronisation fails' : 'the value is empty'}`,
    fix: `read ${[...fetched].map(key => JSON.stringify(key)).join(' or ')}, or add an entry with \`secretKey\` ${JSON.stringify(name)}`,
  };
}
