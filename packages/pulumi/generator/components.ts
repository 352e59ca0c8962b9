import type { Assembly, Member, Method, Type } from './assembly';
import { comment, converted, file, isReference, parameters, parameterTags, structName } from './language';
import { structsOf } from './structs';

/** A component for each construct, and an interface for each interface of constructs. */
export function componentsFile(assembly: Assembly): string {
  const constructs = assembly.types.filter(type => assembly.isConstruct(type));
  const body = [
    ...constructs.filter(type => type.kind === 'interface').map(type => interfaceOf(assembly, type)),
    ...constructs.filter(type => type.kind === 'class').flatMap(type => [
      componentOf(assembly, type),
      ...(type.methods ?? []).filter(isReference).map(method => referenceOf(assembly, type, method)),
    ]),
  ];
  const structs = structsOf(assembly).map(({ name }) => structName(name)).filter(name => body.some(text => new RegExp(`[^.]\\b${name}\\b`).test(text)));
  return file(
    "import * as pulumi from '@pulumi/pulumi';",
    "import * as core from 'cdk8s-ai-gateway';",
    "import type { Construct } from 'constructs';",
    `import type { ${structs.join(', ')} } from './structs';`,
    'import {',
    '  adopt, attribute, below, complete, existing, held, inWordsOfProgram, make, makeReference, optionalAttribute, optionalResourceOf, typeToken,',
    '  withoutPlacement,',
    "} from '../component';",
    "import { constructOf } from '../construct-of';",
    "import { forConstruct } from '../inputs';",
    "import { KubeObject } from '../kube-object';\n",
    ...body,
  );
}

interface Signature {
  readonly parameters: string;
  readonly result: string;
  /** The construct a method makes. */
  readonly child?: Type;
}

function signature(assembly: Assembly, owner: Type, { name, parameters: all = [], returns }: Method): Signature {
  const own = assembly.get(returns?.type.fqn);
  const child = own && assembly.isConstruct(own) ? own : undefined;
  const given = parameters(assembly, `${owner.name}.${name}`, all);
  return {
    parameters: child ? `${given}, opts?: pulumi.ComponentResourceOptions` : given,
    result: child ? child.name : own ? `core.${own.name}` : 'void',
    child,
  };
}

function interfaceOf(assembly: Assembly, type: Type): string {
  const properties = (type.properties ?? []).map(property => `${comment(property.docs, '  ')}  readonly ${property.name}: ${outputOf(property)};\n`);
  const methods = (type.methods ?? []).map(method => {
    const { parameters: given, result: returned } = signature(assembly, type, method);
    return `${documented(method)}  ${method.name}(${given}): ${returned};\n`;
  });
  return `${comment(type.docs)}export interface ${type.name} extends pulumi.ComponentResource {\n${[...properties, ...methods].join('\n')}
  /** The construct, for what it has no argument for. */
  readonly construct: core.${type.name};
}
`;
}

function componentOf(assembly: Assembly, type: Type): string {
  const props = type.initializer!.parameters!.find(({ name }) => name === 'props')!;
  const struct = assembly.get(props.type.fqn)!;
  const placement = assembly.fields(struct).some(({ name }) => name === 'namespace') ? "['platform']" : "['namespace', 'platform']";
  const constants = (type.properties ?? []).filter(property => property.static)
    .map(({ name, docs }) => `${comment(docs, '  ')}  public static readonly ${name} = core.${type.name}.${name};\n`);
  const references = (type.methods ?? []).filter(isReference).map(method => {
    const [, , name, ...rest] = method.parameters!;
    const others = [{ ...name, name: 'existing' }, ...rest];
    const options = others.at(-1)!.name;
    const given = converted(assembly, `${type.name}.${method.name}`, others);
    return `${documented(method)}  public static ${method.name}(name: string, ${parameters(assembly, `${type.name}.${method.name}`, others)}, opts?: pulumi.ComponentResourceOptions): ${result(method, assembly)} {
    return new ${type.name}Reference(name, ${options}, (scope, id) => core.${type.name}.${method.name}(scope, id, ${given.replace(`, ${options})`, `, withoutPlacement(${options}))`)}), opts);
  }
`;
  });
  return `${comment(type.docs)}export class ${type.name} extends pulumi.ComponentResource${implemented(assembly, type)} {
${[...constants, ...references].join('\n')}
  constructor(name: string, args: ${structName(struct.name)}${props.optional ? ' = {}' : ''}, opts?: pulumi.ComponentResourceOptions) {
    const construct = make('${type.name}', name, args, opts, '#${struct.name}', ${placement}, (scope, id, props) => new core.${type.name}(scope, id, props as never));
    super(typeToken('${type.name}'), name, {}, held(opts));
    adopt(this, '${type.name}', name, construct, opts);
  }

${members(assembly, type, type)}}
`;
}

function result(method: Method, assembly: Assembly): string {
  return assembly.get(method.returns!.type.fqn)!.name;
}

function implemented(assembly: Assembly, type: Type): string {
  const interfaces = (type.interfaces ?? []).map(fqn => assembly.get(fqn)?.name).filter(name => name !== undefined);
  return interfaces.length > 0 ? ` implements ${interfaces.join(', ')}` : '';
}

/** The component behind a factory that only refers to something. */
function referenceOf(assembly: Assembly, type: Type, method: Method): string {
  const shown = assembly.get(method.returns!.type.fqn)!;
  return `class ${type.name}Reference extends pulumi.ComponentResource implements ${shown.name} {
  constructor(name: string, options: ${structName(assembly.get(method.parameters!.at(-1)!.type.fqn)!.name)} | undefined, refer: (scope: Construct, id: string) => core.${shown.name}, opts?: pulumi.ComponentResourceOptions) {
    const construct = makeReference('${type.name}', name, options, opts, refer);
    super(typeToken('${type.name}Reference'), name, {}, held(opts));
    adopt(this, '${type.name}Reference', name, construct, opts);
  }

${members(assembly, shown, shown)}}
`;
}

function members(assembly: Assembly, type: Type, constructType: Type): string {
  const properties = (type.properties ?? []).filter(property => !property.static).map(property => `${comment(property.docs, '  ')}  public get ${property.name}(): ${outputOf(property)} {
    return ${read(property)};
  }
`);
  const methods = (type.methods ?? []).filter(method => !method.static).map(method => {
    const { parameters: given, result: returned, child } = signature(assembly, type, method);
    const call = `this.construct.${method.name}(${converted(assembly, `${type.name}.${method.name}`, method.parameters ?? [])})`;
    const body = child
      ? `return below(this, () => ${call}, (name, construct) => new ${child.name}(name, existing(construct), { ...opts, parent: opts?.parent ?? this }));`
      : `${returned === 'void' ? '' : 'return '}inWordsOfProgram(() => ${call});`;
    return `${documented(method)}  public ${method.name}(${given}): ${returned} {\n    ${body}\n  }\n`;
  });
  return `${[
    `  /** The construct, for what it has no argument for. */\n  public get construct(): core.${constructType.name} {\n    return constructOf(this);\n  }\n`,
    ...properties, ...methods,
    '  /** @internal */\n  protected initialize(): Promise<void> {\n    return complete();\n  }\n',
  ].join('\n')}`;
}

function documented(method: Method): string {
  return comment(method.docs, '  ', ...parameterTags(method.parameters ?? []));
}

function isObject({ type }: Member): boolean {
  return type.fqn === 'cdk8s.ApiObject';
}

function outputOf(property: Member): string {
  if (isObject(property)) return 'KubeObject | undefined';
  return property.optional ? 'pulumi.Output<string | undefined>' : 'pulumi.Output<string>';
}

function read(property: Member): string {
  if (isObject(property)) return `optionalResourceOf(this.construct.${property.name})`;
  return `${property.optional ? 'optionalAttribute' : 'attribute'}(this, this.construct.${property.name})`;
}
