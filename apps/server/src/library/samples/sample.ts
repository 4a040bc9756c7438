import type { BotIdentityInput } from '@offstage/domain/commands/authoring';

/** A bot shipped with Offstage. Its picture lies beside it, named by its id. */
export interface Sample {
  readonly sampleId: string;
  /** One sentence that says what a story with it is like. */
  readonly blurb: string;
  readonly identity: BotIdentityInput & { readonly greeting: string };
}
