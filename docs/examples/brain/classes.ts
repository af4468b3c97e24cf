/** The six classes of the example, by label value. */
export const classNames: readonly string[] = [
  'outside',
  'unlabelled brain',
  'cortex',
  'deep grey',
  'hippocampus and amygdala',
  'cerebellum',
];

/**
 * Merges one AAL region index into the six classes.
 *
 * @param region AAL index, 0 (no region) to 116, numbered as in the atlas's `aal.nii.txt`.
 * @param t1 T1 intensity of the same voxel; 0 outside the brain.
 * @returns The class, 0 to 5.
 */
export function classOf(region: number, t1: number): number {
  // The atlas reaches past the brain surface; the T1 brain mask decides what is inside.
  if (t1 === 0) return 0;
  if (region === 0) return 1;
  // 39 and 40, the parahippocampal gyri, are cortex.
  if (region === 37 || region === 38 || region === 41 || region === 42) return 4;
  // Caudate, putamen, pallidum, thalamus.
  if (region >= 71 && region <= 78) return 3;
  // Cerebellar hemispheres (91 to 108) and vermis (109 to 116).
  if (region >= 91) return 5;
  return 2;
}
