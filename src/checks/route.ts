import { GraphNode } from './graph';
import { Fields, fields, list, number, text } from './read';

// Classes whose properties are read from the manifest when they are asked for, conditions included: most
// of ten thousand routes are looked at by few rules, and most of their paths are never written.

/** A condition on a header, in a match of a rule. */
export class HeaderCondition {
  constructor(public readonly match: RouteMatch, public readonly index: number, private readonly header: Fields) {}

  /** `spec.rules[0].matches[0].headers[0]` */
  public get path(): string {
    return `${this.match.path}.headers[${this.index}]`;
  }

  /** In lower case, as headers are compared. */
  public get name(): string {
    return this.writtenName.toLowerCase();
  }

  public get writtenName(): string {
    return text(this.header.name) ?? '';
  }

  /** Anything where the manifest is wrong. */
  public get value(): unknown {
    return this.header.value;
  }

  public get regex(): boolean {
    return isPattern(this.header);
  }

  public get route(): Route {
    return this.match.rule.route;
  }
}

/** One match of a rule. */
export class RouteMatch {
  /** Which of the headers is the model; -1 for none. */
  private readonly modelAt: number;
  /** Kept where one is a pattern, so that it is parsed once. */
  private readonly kept: readonly HeaderCondition[] | undefined;

  constructor(public readonly rule: RouteRule, private readonly index: number, private readonly match: Fields, modelHeader: string) {
    const headers = list(match.headers);
    this.modelAt = headers.findIndex(header => text(fields(header).name)?.toLowerCase() === modelHeader);
    this.kept = headers.some(header => isPattern(fields(header))) ? headers.map((_, at) => this.condition(at)) : undefined;
  }

  public get headers(): readonly HeaderCondition[] {
    return this.kept ?? list(this.match.headers).map((_, at) => this.condition(at));
  }

  /** The condition on the model. */
  public get model(): HeaderCondition | undefined {
    if (this.modelAt < 0) return undefined;
    return this.kept ? this.kept[this.modelAt] : this.condition(this.modelAt);
  }

  /** Whether it has no conditions on headers. */
  public get bare(): boolean {
    return list(this.match.headers).length === 0;
  }

  private get onlyModel(): boolean {
    return this.modelAt === 0 && list(this.match.headers).length === 1;
  }

  private condition(at: number): HeaderCondition {
    return new HeaderCondition(this, at, fields(list(this.match.headers)[at]));
  }

  /** `spec.rules[0].matches[0]` */
  public get path(): string {
    return `${this.rule.path}.matches[${this.index}]`;
  }

  /** The conditions beside the model, as a text that is the same for the same conditions. */
  public get others(): string {
    if (this.match.path === undefined && (this.bare || this.onlyModel)) return '';
    const { path, method, queryParams } = this.match;
    const elsewhere = path === undefined && method === undefined && queryParams === undefined ? [] : [JSON.stringify([path, method, queryParams])];
    return this.headers
      .filter(({ index }) => index !== this.modelAt)
      .map(({ name, value, regex }) => JSON.stringify([name, regex, text(value) ?? typeof value]))
      .sort()
      .concat(elsewhere)
      .join();
  }
}

/** One backendRef of a route's rule, with what it leads to. */
export class RouteRef {
  constructor(
    public readonly rule: RouteRule,
    private readonly index: number,
    public readonly ref: Fields,
    public readonly namespace: string | undefined,
    /** The AIServiceBackend, where it is in the graph. */
    public readonly serviceBackend: GraphNode | undefined,
  ) {}

  /** `spec.rules[0].backendRefs[1]` */
  public get path(): string {
    return `${this.rule.path}.backendRefs[${this.index}]`;
  }

  public get name(): string | undefined {
    return text(this.ref.name);
  }

  public get priority(): number {
    return number(this.ref.priority) ?? 0;
  }

  public get weight(): number {
    return number(this.ref.weight) ?? 1;
  }

  /** True for an InferencePool, false for an AIServiceBackend. */
  public get pool(): boolean {
    return isPool(this.ref);
  }
}

/** What differs between the kinds of routes. */
export interface RouteKind {
  /** Header that holds the model of a request. */
  readonly modelHeader: string;
  /** Where the AIServiceBackends of refs are found. */
  readonly serviceBackendOf: (namespace: string | undefined, name: string) => GraphNode | undefined;
}

/** One rule of a route. */
export class RouteRule {
  public readonly matches: readonly RouteMatch[];
  public readonly refs: readonly RouteRef[];
  /** Distinct priorities of the refs that get traffic. */
  public readonly levels: number;

  constructor(public readonly route: Route, private readonly index: number, public readonly rule: Fields, kind: RouteKind) {
    const { modelHeader, serviceBackendOf } = kind;
    this.matches = list(rule.matches).map((match, at) => new RouteMatch(this, at, fields(match), modelHeader));
    this.refs = list(rule.backendRefs).map((value, at) => {
      const ref = fields(value);
      const name = text(ref.name);
      const from = text(ref.namespace) ?? route.namespace;
      return new RouteRef(this, at, ref, from, name === undefined || isPool(ref) ? undefined : serviceBackendOf(from, name));
    });
    this.levels = this.refs.length < 2
      ? this.refs.length
      : new Set(this.refs.filter(({ weight }) => weight > 0).map(({ priority }) => priority)).size;
  }

  /** `spec.rules[0]` */
  public get path(): string {
    return `spec.rules[${this.index}]`;
  }

  public get name(): string | undefined {
    return text(this.rule.name);
  }

  public get timeouts(): Fields {
    return fields(this.rule.timeouts);
  }
}

/** A Gateway that a route names as its parent. */
export class RouteParent {
  constructor(
    private readonly index: number,
    private readonly ref: Fields,
    public readonly namespace: string | undefined,
    /** The Gateway, where it is in the graph. */
    public readonly gateway: GraphNode | undefined,
  ) {}

  /** `spec.parentRefs[0]` */
  public get path(): string {
    return `spec.parentRefs[${this.index}]`;
  }

  public get name(): string | undefined {
    return text(this.ref.name);
  }

  public get sectionName(): string | undefined {
    return text(this.ref.sectionName);
  }

  public get port(): number | undefined {
    return number(this.ref.port);
  }
}

/** A policy on a target. */
export interface Attachment {
  readonly policy: GraphNode;
  /** Part of the target it is for: a listener, or a rule of a route. */
  readonly sectionName: string | undefined;
  /** `spec.targetRefs[0]` */
  readonly path: string;
  /** Whether it chooses the target by a label, which decides nothing about which of two policies wins. */
  readonly byLabel?: boolean;
}

/** An AIGatewayRoute, or an HTTPRoute of agentgateway or kgateway, with its rules and neighbours. */
export interface Route {
  readonly node: GraphNode;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly hostnames: readonly string[];
  readonly parents: readonly RouteParent[];
  readonly rules: readonly RouteRule[];
  /** BackendTrafficPolicies whose target is the HTTPRoute generated from an AIGatewayRoute. */
  readonly trafficPolicies: readonly Attachment[];
}

function isPattern(header: Fields): boolean {
  return header.type === 'RegularExpression';
}

function isPool(ref: Fields): boolean {
  return ref.kind === 'InferencePool';
}
