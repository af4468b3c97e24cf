import type { OverlapTerm } from './shape.js';

type Kinds<Key extends 'index' | 'counting' | 'transform' | 'weights'> = {
  readonly [K in OverlapTerm[Key]['kind']]: readonly string[];
};

const indices: Kinds<'index'> = {
  dice: ['Dice 1945, Measures of the amount of ecologic association between species'],
  jaccard: ['Jaccard 1912, The distribution of the flora in the alpine zone'],
  tversky: ['Tversky 1977, Features of similarity', 'Salehi et al. 2017, arXiv:1706.05721'],
  'f-beta': ['van Rijsbergen 1979, Information Retrieval, chapter 7'],
};

const countings: Kinds<'counting'> = {
  product: [],
  minimum: ['Wang et al. 2023, arXiv:2302.05666 (Jaccard) and arXiv:2303.16296 (Dice)'],
  power: ['Milletari et al. 2016, arXiv:1606.04797, section 3'],
  'squared-errors': ['Ma et al. 2021, Loss odyssey in medical image segmentation'],
  'noise-robust': ['Wang et al. 2020, doi 10.1109/TMI.2020.3000314'],
};

const transforms: Kinds<'transform'> = {
  complement: [],
  negative: [],
  log: ['Wong et al. 2018, arXiv:1809.00076'],
  'log-cosh': ['Jadon 2020, arXiv:2006.14822, section III-N'],
  'power-complement': ['Wang and Chung 2018, doi 10.1007/978-3-030-00889-5_14'],
  penalty: ['Yang et al. 2019, MIDL, openreview.net/forum?id=H1lTh8unKN'],
};

const weightings: Kinds<'weights'> = {
  none: [],
  given: [],
  volume: ['Sudre et al. 2017, arXiv:1707.03237'],
};

/** Where the chosen parts of a term come from. */
export function sources(term: OverlapTerm): readonly string[] {
  const { index, counting, transform, weights, power } = term;
  return [
    ...indices[index.kind],
    ...countings[counting.kind],
    ...transforms[transform.kind],
    ...weightings[weights.kind],
    ...(index.kind === 'tversky' && power.cell !== 1
      ? ['Abraham and Khan 2019, arXiv:1810.07842']
      : []),
  ];
}
