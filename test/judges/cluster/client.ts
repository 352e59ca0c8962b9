import { Agent, request } from 'node:https';

export interface Access {
  /** Such as `https://127.0.0.1:6443`. */
  readonly url: string;
  /** PEM of what signed the server's certificate. */
  readonly ca: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  /** Texts of the server's `Warning` headers. */
  readonly warnings: readonly string[];
  readonly body: any;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: any };
  readonly [field: string]: any;
}

export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The few verbs of the Kubernetes API that judges need. */
export class KubernetesClient {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(private readonly access: Access) {
    this.agent = new Agent({ keepAlive: true, ca: access.ca, maxSockets: 16 });
  }

  /** One request; an answer with an error status is an answer. A text is sent as it is, anything else as JSON. */
  async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const content = Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
      const headers = {
        'authorization': `Bearer ${this.access.token}`,
        'accept': 'application/json',
        'content-type': contentType,
        // Node leaves it out for DELETE, whose content the server would take for the next request.
        'content-length': content.length,
      };
      const sent = request(this.access.url + path, { method, agent: this.agent, headers }, response => {
        const parts: Buffer[] = [];
        response.on('error', reject).on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({
          status: response.statusCode!,
          warnings: warningsIn(response.rawHeaders),
          body: parse(Buffer.concat(parts).toString()),
        }));
      });
      sent.on('error', reject).end(content);
    });
  }

  /** The same, where an error status is an error. */
  async must(method: string, path: string, body?: unknown, contentType?: string): Promise<any> {
    const answer = await this.send(method, path, body, contentType);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${messageOf(answer)}`);
    return answer.body;
  }

  /** The resource of a kind, or nothing when the cluster has none. */
  async resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    return (await this.resourcesOf(apiVersion)).find(found => found.kind === kind);
  }

  /** Every object of a kind, in all namespaces; none when the cluster lacks the kind. */
  async list(apiVersion: string, kind: string): Promise<Manifest[]> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) return [];
    const { items } = await this.must('GET', collectionPath(resource));
    // The items of a list leave out what is the same for all.
    return (items as Manifest[]).map(item => ({ ...item, apiVersion, kind }));
  }

  /** Forgets which kinds there are, after CRDs came or went. */
  forgetResources(): void {
    this.resources.clear();
  }

  close(): void {
    this.agent.destroy();
  }

  private async resourcesOf(apiVersion: string): Promise<readonly Resource[]> {
    let known = this.resources.get(apiVersion);
    if (!known) {
      known = this.discover(apiVersion);
      this.resources.set(apiVersion, known);
    }
    return known;
  }

  private async discover(apiVersion: string): Promise<readonly Resource[]> {
    const { status, body } = await this.send('GET', groupPath(apiVersion));
    if (status === 404) return [];
    if (status !== 200) throw new Error(`${apiVersion}: ${JSON.stringify(body)}`);
    return (body.resources as { name: string; kind: string; namespaced: boolean }[])
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, kind, namespaced }) => ({ apiVersion, kind, plural: name, namespaced }));
  }
}

export function collectionPath({ apiVersion, plural, namespaced }: Resource, namespace?: string): string {
  return groupPath(apiVersion) + (namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '') + `/${plural}`;
}

export function objectPath(resource: Resource, name: string, namespace?: string): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

/** What the server says about a request that it refused. */
export function messageOf({ status, body }: Answer): string {
  return typeof body?.message === 'string' ? body.message : `status ${status}: ${JSON.stringify(body)}`;
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** `Warning: 299 - "text"`, possibly several in one header. */
function warningsIn(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => index % 2 === 0 && name.toLowerCase() === 'warning'
    ? [...rawHeaders[index + 1].matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(match => match[1].replace(/\\(.)/g, '$1'))
    : []);
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
