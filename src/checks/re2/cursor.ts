/** Why a text is no pattern: thrown while reading, caught at the border of this folder. */
export class Refused {
  /** @param reason what RE2 does not have or what is missing, as the end of a sentence */
  constructor(public readonly reason: string) {}
}

/** A place in a pattern that moves forward. */
export class Cursor {
  private at = 0;

  constructor(private readonly text: string) {}

  public get done(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character, which may be two code units; empty at the end. */
  public peek(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  public next(): string {
    const char = this.peek();
    this.at += char.length;
    return char;
  }

  public startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Goes past `text` if that is next. */
  public skip(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Goes past what a sticky expression matches here. */
  public match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  /** Goes past everything up to and including `text`; undefined, without moving, where it does not come. */
  public until(text: string): string | undefined {
    const end = this.text.indexOf(text, this.at);
    if (end < 0) return undefined;
    const between = this.text.slice(this.at, end);
    this.at = end + text.length;
    return between;
  }

  public rest(): string {
    const rest = this.text.slice(this.at);
    this.at = this.text.length;
    return rest;
  }
}
