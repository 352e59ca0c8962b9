/** From any page to the entry of a code. */
export function linkToCode(code: string): string {
  return `[${code}](codes.md#${code.toLowerCase()})`;
}
