import type { Assembly, Type } from './assembly';
import { comment, file, inputOf, isReference, structName } from './language';
import { isOmitted } from './tables';

export function structsOf(assembly: Assembly): Type[] {
  const own = new Set(plainStructsOf(assembly));
  return assembly.types.filter(type => assembly.isStruct(type) && !isOmitted(type.name) && !own.has(type.name));
}

/** Structs without Inputs, which are the root package's own: those that are only returned, and options of platforms. */
export function plainStructsOf(assembly: Assembly): string[] {
  const platform = assembly.types.find(({ name }) => name === 'Platform')!;
  const taken = platform.methods!.flatMap(({ parameters = [] }) => parameters.map(({ type }) => assembly.get(type.fqn)));
  return ['Finding', ...taken.filter(type => assembly.isStruct(type)).map(type => type!.name)].sort();
}

/** Props of constructs that are made, not only extended: they say where the component stands too. */
function isArguments(assembly: Assembly, struct: Type): boolean {
  return assembly.types.some(type => assembly.isConstruct(type) && type.initializer?.parameters?.some(p => p.type.fqn === struct.fqn));
}

/** Options of a factory for something that exists: what is added to that has a place of its own. */
function isReferenceOptions(assembly: Assembly, struct: Type): boolean {
  return assembly.types.some(type => (type.methods ?? []).some(method => isReference(method) && method.parameters!.at(-1)!.type.fqn === struct.fqn));
}

/** Structs of the constructs with Inputs at their leaves. */
export function structsFile(assembly: Assembly): string {
  const structs = structsOf(assembly).map(struct => {
    const placed = isArguments(assembly, struct);
    const ownNamespace = assembly.fields(struct).some(({ name }) => name === 'namespace');
    const bases = [
      ...isReferenceOptions(assembly, struct) ? ['RoutePlacementArgs'] : [],
      ...placed ? [ownNamespace ? "Omit<PlacementArgs, 'namespace'>" : 'PlacementArgs'] : [],
      ...(struct.interfaces ?? []).map(fqn => structName(assembly.get(fqn)!.name)),
    ];
    const fields = (struct.properties ?? []).map(field => {
      const { type } = inputOf(assembly, `${struct.name}.${field.name}`, field.type);
      return `${comment(field.docs, '  ')}  ${field.name}${field.optional ? '?' : ''}: ${type};\n`;
    });
    const extended = bases.length > 0 ? ` extends ${bases.join(', ')}` : '';
    return `${comment(describe(struct))}export interface ${structName(struct.name)}${extended} {\n${fields.join('\n')}}\n`;
  });
  const constructs = assembly.types.filter(type => assembly.isConstruct(type)).map(({ name }) => name);
  const used = constructs.filter(name => structs.some(text => new RegExp(`[ (<]${name} \\|`).test(text)));
  const external = ['cdk8s'].filter(name => structs.some(text => text.includes(`: ${name}.`)));
  return file(
    "import type * as pulumi from '@pulumi/pulumi';",
    ...external.map(name => `import type * as ${name} from '${name}';`),
    "import type * as core from 'cdk8s-ai-gateway';",
    `import type { ${used.join(', ')} } from './components';`,
    "import type { PlacementArgs, RoutePlacementArgs } from '../component';\n",
    ...structs,
  );
}

function describe(struct: Type): Type['docs'] {
  return { ...struct.docs, summary: struct.docs?.summary?.replace(/^Properties/, 'Arguments') };
}

/** How each struct is converted. */
export function shapesFile(assembly: Assembly): string {
  const structs = structsOf(assembly).map(struct => {
    const fields = assembly.fields(struct)
      .map(field => [field.name, inputOf(assembly, ownerOf(assembly, struct, field.name), field.type).shape] as const)
      // What is not listed is known.
      .filter(([, shape]) => shape !== 'k').sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, shape]) => `${name}: '${shape}'`);
    return `  ${struct.name}: { ${fields.join(', ')} },`.replace('{  }', '{}');
  });
  return file(
    "import type { Shape } from '../inputs';\n",
    'export const SHAPES: { readonly [struct: string]: { readonly [field: string]: Shape | undefined } } = {',
    ...structs,
    '};\n',
  );
}

/** A field as the struct that declares it names it, because tables do. */
function ownerOf(assembly: Assembly, struct: Type, field: string): string {
  const base = (struct.interfaces ?? []).map(fqn => assembly.get(fqn)!).find(type => assembly.fields(type).some(({ name }) => name === field));
  return base ? ownerOf(assembly, base, field) : `${struct.name}.${field}`;
}
