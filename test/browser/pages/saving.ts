import { dice, lossOf, withLoss } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';

/** What the tests call in this page. */
export interface SavingPage {
  /** Trains, saves to IndexedDB, loads, and trains both on: the losses of the two. */
  readonly goOn: (backend: string) => Promise<readonly (readonly number[])[]>;
}

declare global {
  var saving: SavingPage;
}

const url = 'indexeddb://softdice-test';

globalThis.saving = {
  goOn: async (backend) => {
    await tf.setBackend(backend);
    const image = tf.randomUniform([4, 8, 8, 1], 0, 1, 'float32', 3);
    const target = tf.tidy(() => tf.oneHot(image.greater(0.5).squeeze([-1]).toInt(), 2).toFloat());
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [8, 8, 1],
          filters: 2,
          kernelSize: 3,
          padding: 'same',
          kernelInitializer,
        }),
      ],
    });
    const fit = { epochs: 4, batchSize: 2, shuffle: false, verbose: 0 } as const;
    model.compile({ optimizer: 'sgd', loss: withLoss(model, dice({ activation: 'softmax' })) });
    await model.fit(image, target, fit);
    await model.save(url);
    const again = await tf.loadLayersModel(url);
    again.compile({ optimizer: 'sgd', loss: lossOf(again) });
    const histories = [await model.fit(image, target, fit), await again.fit(image, target, fit)];
    await tf.io.removeModel(url);
    return histories.map(({ history }) => history['loss'] as number[]);
  },
};
