/** Files of losses whose classes have no builder yet. A file leaves this list when it is judged. */
export const notYetJudged: readonly string[] = [
  'mmseg.dice',
  'mmseg.tversky',
  'monai-tests.masked_dice',
  'monai-tests.masked_loss',
  'monai.masked_dice',
  'pymic.ars_tversky',
  'pymic.binary_dice',
  'pymic.dice',
  'pymic.explog',
  'pymic.focal_dice',
  'pymic.group_dice',
  'pymic.noise_robust_dice',
  'segloss.explog',
  'segloss.penalty_gdice',
  'segloss.ss',
];
