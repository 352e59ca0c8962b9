import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority } from '../../gateway/authority';
import { Internet, TokenRequest } from '../../gateway/internet';
import { serviceAccountFile } from '../../service-account';

/** Whoever issues tokens, under their own names. They give what they are asked for, and it says how it was come by. */
export class TokenEndpoints {
  /** @param folder where the files are written that whoever asks them needs */
  static async open(folder: string): Promise<TokenEndpoints> {
    const authority = await Authority.named('authority of token endpoints');
    const internet = await Internet.open(authority, answer, line => process.stderr.write(`token endpoints: ${line}\n`));
    const [authorities, account] = [join(folder, 'authorities.pem'), join(folder, 'service-account.json')];
    writeFileSync(authorities, authority.pem);
    writeFileSync(account, serviceAccountFile());
    return new TokenEndpoints(internet, {
      HTTPS_PROXY: internet.url, HTTP_PROXY: internet.url, NO_PROXY: '', SSL_CERT_FILE: authorities, GOOGLE_APPLICATION_CREDENTIALS: account,
      AWS_EC2_METADATA_DISABLED: 'true', AWS_CA_BUNDLE: authorities,
    });
  }

  private constructor(
    private readonly internet: Internet,
    /** For the process that asks them; servers on this machine are asked without them. */
    readonly env: { readonly [name: string]: string },
  ) {}

  async close(): Promise<void> {
    await this.internet.close();
  }
}

const HOUR_MS = 3_600_000;
const DISCOVERY = '/.well-known/openid-configuration';

/** What the session token of a role says. */
export function sessionOf(role: string, by: string): string {
  return `session-of-${role.replace(/\W+/g, '-')}-by-${by}`;
}

function answer({ url, form }: TokenRequest): object | string | undefined {
  const [host] = url.split('/');
  if (url.endsWith(DISCOVERY)) return discovery(url.slice(0, -DISCOVERY.length));
  if (url === 'login.microsoftonline.com/common/discovery/instance') {
    return { tenant_discovery_endpoint: `https://login.microsoftonline.com/tenant/v2.0${DISCOVERY}`, metadata: [] };
  }
  if (/^sts\.([a-z0-9-]+\.)?amazonaws\.com$/.test(host)) return assumedRole(form.get('RoleArn') ?? '', form.get('WebIdentityToken') ?? '');
  if (url.endsWith(':generateAccessToken')) return { accessToken: 'token-by-impersonation', expireTime: inAnHour() };
  if (url.endsWith('/token')) return { access_token: 'token-by-oidc', token_type: 'Bearer', expires_in: HOUR_MS / 1000 };
  return undefined;
}

function discovery(issuer: string): object {
  const at = (path: string) => `https://${issuer}/${path}`;
  return { issuer: `https://${issuer}`, token_endpoint: at('token'), authorization_endpoint: at('authorize'), jwks_uri: at('keys') };
}

function assumedRole(role: string, token: string): string {
  return `
<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
<AccessKeyId>AKIAOFTHEROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>${sessionOf(role, token)}</SessionToken>
<Expiration>${inAnHour()}</Expiration>
</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
}

function inAnHour(): string {
  return new Date(Date.now() + HOUR_MS).toISOString();
}
