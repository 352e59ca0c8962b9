import { DEBIAN_PACKAGES, NODE_VERSION } from './inputs';

/** What is in the image, in the form of CycloneDX. */
export function sbom(version: string, packages: readonly { readonly name: string; readonly version: string; readonly license: string }[]): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { 'type': 'application', 'bom-ref': 'policy-server', 'name': 'policy-server', version } },
    components: [
      { type: 'platform', name: 'node', version: NODE_VERSION, purl: `pkg:generic/node@${NODE_VERSION}` },
      ...DEBIAN_PACKAGES.map(({ name, version: of }) => ({
        type: 'library', name, version: of, purl: `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(of)}?distro=bookworm`,
      })),
      ...packages.map(({ name, version: of, license }) => ({
        type: 'library', name, version: of, licenses: [{ license: { id: license } }], purl: `pkg:npm/${name.replace('@', '%40')}@${of}`,
      })),
    ],
  };
}
