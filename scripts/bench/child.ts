import * as fs from 'fs';
import * as path from 'path';
import { declareModels, declareRaw, Job, Manifests, Measurement } from './program';

/** Runs one job in a process of its own, so that neither side warms the other up. */
function run(job: Job): Measurement {
  const cdk8s = require('cdk8s');
  const lib = job.side === 'ours' ? require(path.join(process.cwd(), 'lib/src')) : undefined;
  const manifests: Manifests = job.side === 'raw' ? JSON.parse(fs.readFileSync(job.manifests, 'utf8')) : [];
  const start = process.hrtime.bigint();
  const app = new cdk8s.App({ outdir: job.outdir });
  if (lib) {
    declareModels(cdk8s, lib, app, job.models, job.charts);
  } else {
    declareRaw(cdk8s, app, manifests);
  }
  app.synth();
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  return { ms, peakMiB: process.resourceUsage().maxRSS / 1024 };
}

process.stdout.write(JSON.stringify(run(JSON.parse(process.argv[2]))));
