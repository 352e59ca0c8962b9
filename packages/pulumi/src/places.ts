import { IConstruct } from 'constructs';
import { NamespaceChart } from './chart';
import type { Member } from './run';
import { withoutTokens } from './tokens';

type Members = ReadonlyMap<IConstruct, Member>;

/** The nearest component above a construct. */
export function nearestMember(members: Members, construct: IConstruct): Member | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const member = members.get(at);
    if (member) return member;
  }
  return undefined;
}

/** What messages call things: components by type and name, as the program and Pulumi do. */
export class Places {
  private labels: (readonly [path: string, label: string])[] | undefined;

  /**
   * @param making a component that is no member yet
   * @param charts those that no program knows of: of components without a chart
   */
  constructor(
    private readonly members: Members,
    private readonly making: { readonly path: string; readonly label: string } | undefined,
    private readonly charts: readonly NamespaceChart[],
  ) {}

  public memberOf(construct: IConstruct): Member | undefined {
    return nearestMember(this.members, construct);
  }

  /** A message about a construct. */
  public tell(construct: IConstruct, text: string): string {
    return this.labeled(`${this.nameOf(construct)}: ${withoutTokens(text)}`);
  }

  /** The message of an error, which begins with the path of a construct if it is one of ours. */
  public ofError(message: string): string {
    const all = [...this.members.values()].map(({ root, label }) => ({ path: root.node.path, label }));
    const [found] = [...this.making ? [this.making] : [], ...all]
      .filter(({ path }) => message.startsWith(path) && /^[:/]/.test(message.slice(path.length)))
      // The path of one can begin that of another.
      .sort((a, b) => b.path.length - a.path.length);
    if (!found) return this.labeled(message);
    const [, below, rest] = /^(?:\/([^:]*))?([^]*)$/.exec(message.slice(found.path.length))!;
    return this.labeled(`${found.label}${below === undefined ? '' : ` (${below})`}${rest}`);
  }

  /** `OpenAIProvider openai`, and for what is inside a component its path too. */
  private nameOf(construct: IConstruct): string {
    const owner = (construct as { readonly owner?: IConstruct }).owner ?? construct;
    const member = this.memberOf(owner);
    if (!member) return this.labelsIn(construct) || construct.node.path;
    if (owner === member.root) return member.label;
    const { path } = construct.node;
    return `${member.label} (${member.root.node.scope instanceof NamespaceChart ? path.slice(member.root.node.path.length + 1) : path})`;
  }

  /** The components of a chart that no program knows of. */
  private labelsIn(chart: IConstruct): string {
    if (!(chart instanceof NamespaceChart)) return '';
    return [...this.members.values()].filter(({ root }) => root.node.scope === chart).map(({ label }) => label).join(', ');
  }

  /** A text in which a component without a chart is called by its name in the program, not by its place in the tree. */
  private labeled(text: string): string {
    if (!this.charts.some(({ node }) => text.includes(`${node.path}/`))) return text;
    this.labels ??= [...this.members.values()].map(({ root, label }) => [root.node.path, label] as const)
      .filter(([path]) => this.charts.some(({ node }) => path.startsWith(`${node.path}/`)))
      // The path of one can begin that of another.
      .sort(([a], [b]) => b.length - a.length);
    return this.labels.reduce((labeled, [path, label]) => labeled.replaceAll(path, label), text);
  }
}
