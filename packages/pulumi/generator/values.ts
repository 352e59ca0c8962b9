import type { Assembly, Method, Type } from './assembly';
import { comment, converted, file, parameters, parameterTags, structName } from './language';
import { plainStructsOf, structsOf } from './structs';
import { isOmitted } from './tables';

/** Classes of values: their factories take Inputs and return the root package's own values. */
export function valuesFile(assembly: Assembly): string {
  const values = assembly.types.filter(type => type.kind === 'class' && !assembly.isConstruct(type) && !isOmitted(type.name));
  const wrapped = values.filter(type => factoriesOf(type).some(({ parameters: all = [] }) => all.length > 0) && type.name !== 'Platform');
  const plain = values.filter(type => !wrapped.includes(type) && type.name !== 'Target');
  const enums = assembly.types.filter(type => type.kind === 'enum' && !isOmitted(type.name));
  const body = wrapped.map(type => valueOf(assembly, type));
  const structs = structsOf(assembly).map(({ name }) => structName(name)).filter(name => body.some(text => new RegExp(`\\b${name}\\b`).test(text)));
  const kept = [...plain, ...enums].map(({ name }) => name).sort();
  return file(
    "import type * as pulumi from '@pulumi/pulumi';",
    "import * as core from 'cdk8s-ai-gateway';",
    ...(body.some(text => text.includes('IConstruct')) ? ["import type { IConstruct } from 'constructs';"] : []),
    `import type { ${structs.join(', ')} } from './structs';`,
    "import { credentials } from '../credential-factories';",
    "import { forConstruct } from '../inputs';\n",
    `export { ${kept.join(', ')} } from 'cdk8s-ai-gateway';`,
    `export type { ${[...plainStructsOf(assembly), 'Target'].join(', ')} } from 'cdk8s-ai-gateway';\n`,
    ...body,
  );
}

function factoriesOf(type: Type): Method[] {
  return (type.methods ?? []).filter(method => method.static && !isOmitted(`${type.name}.${method.name}`));
}

function valueOf(assembly: Assembly, type: Type): string {
  const constants = (type.properties ?? []).filter(property => property.static)
    .map(({ name, docs }) => `${comment(docs, '  ')}  ${name}: core.${type.name}.${name},\n`);
  const factories = factoriesOf(type).map(({ name, docs, parameters: all = [], returns }) => {
    const where = `${type.name}.${name}`;
    return `${comment(docs, '  ', ...parameterTags(all))}  ${name}: (${parameters(assembly, where, all)}): ${resultOf(assembly, returns)} =>\n`
      + `    core.${where}(${converted(assembly, where, all)}),\n`;
  });
  const isInstantiated = factoriesOf(type).some(({ returns }) => returns?.type.fqn === type.fqn);
  const secrets = WITH_SECRETS.has(type.name) ? [`  ...credentials.${type.name},\n`] : [];
  return `${comment(type.docs)}export const ${type.name} = {\n${[...constants, ...factories, ...secrets].join('\n')}};\n`
    + (isInstantiated ? `export type ${type.name} = core.${type.name};\n` : '');
}

/** Values that Pulumi's secrets can become. */
const WITH_SECRETS = new Set(['ApiKey', 'AwsCredentials', 'GcpCredentials', 'StoredSecret']);

function resultOf(assembly: Assembly, returns: Method['returns']): string {
  if (!returns) return 'void';
  const { collection, fqn, primitive } = returns.type;
  if (collection) return `${resultOf(assembly, { type: collection.elementtype })}[]`;
  return primitive ?? `core.${assembly.get(fqn)!.name}`;
}
