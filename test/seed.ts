import fc from 'fast-check';

/** Runs are repeatable; `SOFTDICE_SEED` draws others. A property that has a seed of its own keeps it. */
fc.configureGlobal({ seed: Number(process.env['SOFTDICE_SEED'] ?? 20_261) });
