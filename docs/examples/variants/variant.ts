import type { LossSpec, SomeDocs, VariantSchema } from '@softdice/core';

/** One word of the vocabulary, or one preset, with a small loss that shows it. */
export interface Variant {
  /** Heading: the word, or the call of the preset. */
  readonly title: string;
  /** File name of its picture. */
  readonly slug: string;
  readonly docs: SomeDocs;
  /** Its own parameters; a preset has those of its term. */
  readonly parameters: VariantSchema | undefined;
  readonly spec: LossSpec;
}

/** The words of one choice. */
export interface Choice {
  /** Where it stands: `terms[].weights.on` of which kind of term. */
  readonly path: string;
  readonly docs: SomeDocs;
  readonly standard: string | undefined;
  readonly variants: readonly Variant[];
}

/** A kind of term: its parameters and every choice in it. */
export interface TermKind {
  readonly kind: string;
  readonly standard: Variant;
  readonly choices: readonly Choice[];
}
