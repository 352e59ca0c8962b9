const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** How many bytes padded Base64 stands for; undefined for text that is not that. */
export function base64Bytes(text: string): number | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return text.length / 4 * 3 - padding;
}
