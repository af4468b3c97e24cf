import * as tf from '@tensorflow/tfjs';

/** A seeded layer of one number per class for each voxel, whatever the spatial axes. */
export function classifier(units: number, name: string, seed: number): tf.layers.Layer {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  return tf.layers.dense({ units, name, kernelInitializer });
}

/** A model of one output: `features` numbers per voxel to logits of classes, channels last. */
export function voxelModel(
  spatial: readonly number[],
  features: number,
  classes: number,
): tf.LayersModel {
  const input = tf.input({ shape: [...spatial, features] });
  const output = classifier(classes, 'logits', 1).apply(input) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}

/** A model of two outputs, `organs` of three classes and `lesion` of one. */
export function twoOutputs(spatial: readonly number[]): tf.LayersModel {
  const input = tf.input({ shape: [...spatial, 2] });
  const outputs = [classifier(3, 'organs', 1), classifier(1, 'lesion', 2)].map(
    (layer) => layer.apply(input) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: input, outputs });
}

/** Images of two numbers per voxel, and the class that they tell: how many of them are above 1/2. */
export function voxelData(samples: number, spatial: readonly number[]) {
  return tf.tidy(() => {
    const image = tf.randomUniform([samples, ...spatial, 2], 0, 1, 'float32', 7);
    const labels = image.greater(0.5).sum(-1).toInt();
    return { image, labels, oneHot: tf.cast(tf.oneHot(labels, 3), 'float32') };
  });
}
