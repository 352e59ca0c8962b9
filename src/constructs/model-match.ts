import { ModelMatchIntent } from '../intent';

/** Which model names of clients an entry is for. */
export class ModelMatch {
  /** These names, letter by letter. They are listed by `/v1/models`. */
  public static exact(...models: string[]): ModelMatch {
    return new ModelMatch({ kind: 'exact', models });
  }

  /**
   * Names that match a regular expression as a whole (RE2): `gpt-.*` matches `gpt-4o`.
   * They are not listed by `/v1/models`, and exact names win over them.
   */
  public static pattern(pattern: string): ModelMatch {
    return new ModelMatch({ kind: 'pattern', pattern });
  }

  /** Every name no other entry is for. */
  public static any(): ModelMatch {
    return new ModelMatch({ kind: 'any' });
  }

  /** @internal */
  public readonly _intent: ModelMatchIntent;

  private constructor(intent: ModelMatchIntent) {
    this._intent = intent;
  }
}

/** A condition on a request's header, beside its model. */
export class HeaderMatch {
  /** The header has exactly this value (1-4096 characters). */
  public static exact(name: string, value: string): HeaderMatch {
    return new HeaderMatch(name, value, false);
  }

  /** The header's whole value matches a regular expression (RE2). */
  public static pattern(name: string, pattern: string): HeaderMatch {
    return new HeaderMatch(name, pattern, true);
  }

  private constructor(
    /** Name of the header. */
    public readonly name: string,
    /** Value or pattern. */
    public readonly value: string,
    /** Whether `value` is a regular expression. */
    public readonly isPattern: boolean,
  ) {}
}
