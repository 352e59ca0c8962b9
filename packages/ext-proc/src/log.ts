/** What is told of one decision. Each field is a name, a number or a word of ours. */
export interface AuditLine {
  readonly front: string;
  readonly decision: 'allow' | 'deny';
  readonly code?: string;
  readonly redacted?: boolean;
  readonly requestId?: string;
  readonly tenant?: string;
  readonly model?: string;
  readonly endpoint?: string;
  readonly rules: { readonly [id: string]: number };
  readonly bodyBytes: number;
  readonly policy?: string;
}

export type AuditLevel = 'all' | 'denied' | 'none';

const FLUSH_MS = 50;
const FLUSH_LENGTH = 64 * 1024;

/**
 * JSON lines on one stream. Nothing takes an arbitrary object, so nothing of a
 * request can get in. Lines of allowed requests are written together, within
 * 50 ms; a refusal is written, and all before it, before it is answered.
 */
export class Log {
  private lines: string[] = [];
  private length = 0;
  private sequence = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly write: (text: string) => void, private readonly level: AuditLevel = 'all') {}

  public info(message: string, fields: { readonly [key: string]: string | number } = {}): void {
    this.add('info', { message, ...fields });
    this.flush();
  }

  public error(message: string, fields: { readonly [key: string]: string | number } = {}): void {
    this.add('error', { message, ...fields });
    this.flush();
  }

  public audit(line: AuditLine, later: boolean): void {
    if (this.level === 'none' || (this.level === 'denied' && line.decision === 'allow')) return;
    this.add('audit', { seq: ++this.sequence, ...line });
    if (!later || this.length > FLUSH_LENGTH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  public flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const text = this.lines.join('');
    this.lines = [];
    this.length = 0;
    this.write(text);
  }

  private add(kind: string, fields: object): void {
    const line = `${JSON.stringify({ time: new Date().toISOString(), kind, ...fields })}\n`;
    this.lines.push(line);
    this.length += line.length;
  }
}
