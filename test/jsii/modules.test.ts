import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What Node sees of the compiled package, in a process of its own. */
function seen(program: string, ...flags: string[]): string[] {
  return JSON.parse(execFileSync(process.execPath, [...flags, '-e', program], { cwd: join(__dirname, '../..'), encoding: 'utf8' }));
}

test.each(['index', 'bridge'])('an import of %s by name finds everything that a require does', entry => {
  const file = `./lib/src/${entry}.js`;
  const required = seen(`console.log(JSON.stringify(Object.keys(require('${file}'))))`);
  const imported = seen(`import * as names from '${file}'; console.log(JSON.stringify(Object.keys(names)))`, '--input-type=module');
  expect(required.length).toBeGreaterThan(0);
  expect(imported).toEqual(expect.arrayContaining(required));
});

test('what is packed has types of sources that exist, and no file of a source alone', () => {
  const root = join(__dirname, '../..');
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' });
  expect(files.filter(file => file.endsWith('.d.ts') && !existsSync(join(root, file.replace(/\.d\.ts$/, '.ts'))))).toEqual([]);
  expect(files.filter(file => file.endsWith('.js') && !/^src\/(?:index|bridge|bundle|late-[a-z-]+)\.js$/.test(file))).toEqual([]);
});

/** What programs in other languages ask of the package, and what one sees of it who prints an object. */
test('every class and enum has its name, its statics and what jsii knows it by', () => {
  const program = `
    const names = require('./lib/src');
    const { types } = JSON.parse(require('fs').readFileSync('.jsii', 'utf8'));
    const missing = Object.values(types).filter(({ kind }) => kind !== 'interface').flatMap(({ kind, name, fqn, abstract, members, properties = [], methods = [] }) => {
      const found = names[name];
      if (kind === 'enum') return members.filter(member => !Object.hasOwn(found ?? {}, member.name)).map(member => fqn + '.' + member.name);
      if (typeof found !== 'function' || found.name !== name) return [fqn];
      const known = Object.getOwnPropertyDescriptor(found, Symbol.for('jsii.rtti'))?.value;
      const own = [...properties, ...methods].filter(member => member.static && !Object.hasOwn(found, member.name));
      const inherited = methods.filter(member => !member.static && !member.abstract && typeof found.prototype[member.name] !== 'function');
      return [...own, ...inherited].map(member => fqn + '.' + member.name).concat(known?.fqn === fqn ? [] : [fqn + ' is ' + known?.fqn]);
    });
    console.log(JSON.stringify([Object.keys(types).length > 50, ...missing]));
  `;
  expect(seen(program)).toEqual([true]);
});

test('platforms and rules that are loaded late are there', () => {
  const program = `
    const { App, Chart, Testing } = require('cdk8s');
    const { AIGateway, Platform } = require('./lib/src');
    const messages = [Platform.envoyAIGateway(), Platform.agentgateway(), Platform.kgateway()].map(platform => {
      const app = new App();
      Platform.use(app, platform);
      const chart = new Chart(app, 'late', { namespace: 'ai' });
      new AIGateway(chart, 'gateway', { gatewayClassName: 'missing class' });
      try { app.synthYaml(); } catch ({ message }) { return message; }
    });
    console.log(JSON.stringify(messages));
  `;
  expect(seen(program)).toEqual(Array(3).fill(expect.stringContaining('missing class')));
});

test('the package loads in a program that extends all objects', () => {
  const program = `
    Object.prototype.extended = 'x';
    const { App, Chart } = require('cdk8s');
    const { AIGateway, Checks, Platform } = require('./lib/src');
    const app = new App();
    Platform.use(app, Platform.agentgateway());
    Checks.acknowledge(app, 'DUPLICATE_MODEL', 'tried');
    new AIGateway(new Chart(app, 'ai', { namespace: 'ai' }), 'gateway');
    console.log(JSON.stringify([app.synthYaml().includes('kind: Gateway')]));
  `;
  expect(seen(program)).toEqual([true]);
});
