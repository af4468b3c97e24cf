/** The version of this package, which models carry. */
export const version = '0.1.0';
