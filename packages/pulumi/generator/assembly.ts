import { readFileSync } from 'node:fs';

/** What the generator reads of the assembly that jsii writes. */
export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly see?: string;
}

export interface TypeRef {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeRef };
}

export interface Member {
  readonly name: string;
  readonly type: TypeRef;
  readonly docs?: Docs;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly const?: boolean;
  readonly variadic?: boolean;
}

export interface Method {
  readonly name: string;
  readonly docs?: Docs;
  readonly static?: boolean;
  readonly parameters?: readonly Member[];
  readonly returns?: { readonly type: TypeRef };
}

export interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly docs?: Docs;
  readonly initializer?: { readonly parameters?: readonly Member[] };
  readonly properties?: readonly Member[];
  readonly methods?: readonly Method[];
}

export class Assembly {
  public readonly types: readonly Type[];
  private readonly byName: ReadonlyMap<string, Type>;
  private readonly name: string;

  constructor(file: string) {
    const { name, types } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; types: { [fqn: string]: Type } };
    this.name = name;
    this.types = Object.values(types).sort((a, b) => (a.name < b.name ? -1 : 1));
    this.byName = new Map(this.types.map(type => [type.fqn, type]));
  }

  get(fqn: string | undefined): Type | undefined {
    return fqn === undefined ? undefined : this.byName.get(fqn);
  }

  isOwn(fqn: string): boolean {
    return fqn.startsWith(`${this.name}.`);
  }

  isStruct(type: Type | undefined): boolean {
    return type?.kind === 'interface' && type.datatype === true;
  }

  /** Whether a type is a construct, or an interface that constructs implement. */
  isConstruct(type: Type | undefined): boolean {
    if (!type) return false;
    const above = [type.base, ...type.interfaces ?? []];
    return above.some(fqn => fqn === 'constructs.Construct' || fqn === 'constructs.IConstruct' || this.isConstruct(this.get(fqn)));
  }

  /** Properties of a struct and of those it extends. */
  fields(type: Type): Member[] {
    return [...(type.interfaces ?? []).flatMap(fqn => this.fields(this.get(fqn)!)), ...type.properties ?? []];
  }
}
