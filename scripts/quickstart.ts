import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { ClusterSetup } from '../src';

/** Runs the real `cdk8s synth` on the quickstart and says what a newcomer does next. */
const example = path.join(__dirname, '../examples/quickstart');
const dist = path.join(example, 'dist');
const cli = path.join(__dirname, '../node_modules/cdk8s-cli/bin/cdk8s');

function main(): void {
  console.log('1. Synthesizing examples/quickstart with `cdk8s synth`\n');
  fs.rmSync(dist, { recursive: true, force: true });
  // The example finds the settings of its own folder, as it would in a project of its own.
  const { TSX_TSCONFIG_PATH: _, ...env } = process.env;
  execFileSync(process.execPath, [cli, 'synth', '--check-upgrade', 'false'], { cwd: example, stdio: 'inherit', env });

  console.log('\n2. What was written\n');
  for (const file of manifests()) {
    console.log(`   ${relative(file)}`);
    for (const { kind, name, meaning } of objects(file)) console.log(`     ${kind.padEnd(22)} ${name.padEnd(18)} ${meaning}`);
  }

  console.log('\n3. What the cluster needs once\n');
  for (const file of clusterFiles()) console.log(`   ${relative(file)}  ${firstComment(file)}`);
  console.log('\n   Run in that folder:\n');
  for (const command of new ClusterSetup().commands) console.log(`     ${command}`);

  console.log(`
4. Next

   kubectl create namespace ai
   kubectl -n ai create secret generic openai-api-key --from-file=apiKey=/dev/stdin
   kubectl -n ai create secret generic groq-api-key --from-file=apiKey=/dev/stdin
   kubectl apply -f ${relative(path.join(dist, 'ai.k8s.yaml'))}

   Change examples/quickstart/main.ts and run this again; examples/quickstart/README.md shows the first request.`);
}

const MEANINGS: { readonly [kind: string]: string } = {
  Backend: 'where the provider is reached',
  BackendTLSPolicy: 'TLS to it, with its name checked',
  AIServiceBackend: 'what it speaks; removes the caller\'s own credentials',
  BackendSecurityPolicy: 'its key, from the Secret',
  GatewayClass: 'Envoy Gateway runs the gateway',
  Gateway: 'where clients connect',
  ClientTrafficPolicy: 'prompts and answers up to 50 MiB',
  AIGatewayRoute: 'a model and where its requests go',
  BackendTrafficPolicy: 'what makes the fallback fall over',
};

function objects(file: string): { kind: string; name: string; meaning: string }[] {
  return parseAllDocuments(fs.readFileSync(file, 'utf8')).map(document => {
    const { kind, metadata } = document.toJS() as { kind: string; metadata: { name: string } };
    return { kind, name: metadata.name, meaning: MEANINGS[kind] ?? '' };
  });
}

function manifests(): string[] {
  return fs.readdirSync(dist).filter(name => name.endsWith('.yaml')).sort().map(name => path.join(dist, name));
}

function clusterFiles(): string[] {
  const folder = path.join(dist, 'cluster');
  return fs.readdirSync(folder).sort().map(name => path.join(folder, name));
}

function firstComment(file: string): string {
  return fs.readFileSync(file, 'utf8').split('\n')[0].replace(/^# /, '');
}

function relative(file: string): string {
  return path.relative(process.cwd(), file);
}

main();
