/** What a backend's arithmetic promises: the only place where tolerances are written. */
export interface Precision {
  /** What is stored of a number that is given. */
  readonly stored: (value: number) => number;
  /** Unit roundoff u: relative error of one rounding. */
  readonly unit: number;
  /** Largest absolute error of a result that underflows. */
  readonly underflow: number;
  /** From this argument on, e^-x is 0 beside 1 and rounds away. */
  readonly vanishes: number;
  /** Relative errors of functions in units of u, as libraries document or as was measured. */
  readonly exp: number;
  readonly log: number;
  readonly pow: number;
  readonly sigmoid: number;
  /** Absolute error of sigmoid in units of u: rational approximations are flat in the tails. */
  readonly sigmoidAbsolute: number;
}

export const float32: Precision = {
  stored: Math.fround,
  unit: 2 ** -24,
  underflow: 2 ** -125,
  vanishes: 120,
  exp: 4,
  log: 4,
  pow: 16,
  sigmoid: 8,
  sigmoidAbsolute: 2,
};

/** float32 of shaders: WGSL and GLSL may read a subnormal number as 0 (WGSL 15.7.3, GLSL ES 3.00 4.5.1). */
export const float32Shader: Precision = {
  ...float32,
  stored: (value) => (Math.abs(value) < 2 ** -126 ? 0 : Math.fround(value)),
};

export const float64: Precision = {
  stored: (value) => value,
  unit: 2 ** -53,
  underflow: 2 ** -1020,
  vanishes: 800,
  exp: 4,
  log: 4,
  pow: 16,
  sigmoid: 8,
  sigmoidAbsolute: 0,
};
