export type {
  ArgumentDefault,
  ArgumentKind,
  ArgumentTable,
  ArgumentUse,
  ArgumentValues,
  NestedNumbers,
  NumberKind,
  PeerArgument,
  WrappedLoss,
} from './argument.js';
export type { PeerContext } from './context.js';
export { fromKeras } from './from-keras.js';
export { fromMonai, type MonaiLossName } from './from-monai.js';
export { fromMonaiMetric } from './from-monai-metric.js';
export { fromNnunet, type NnunetLossName } from './from-nnunet.js';
export {
  fromPeer,
  type PeerArguments,
  type PeerLevels,
  type PeerLoss,
  peerClasses,
  peerVersions,
} from './from-peer.js';
export { fromSmp } from './from-smp.js';
export { fromTorchmetrics } from './from-torchmetrics.js';
export { type PeerMetric, peerMetrics } from './metrics/from-metric.js';
export type { MetricLibraryName, PeerMetricFunction } from './metrics/metric-class.js';
export { importCall, isPeerCall, type PeerCall } from './peer-call.js';
export type { PeerClass, PeerLibraryName } from './peer-class.js';
export { PeerError } from './peer-error.js';
export { expectation } from './read-arguments.js';
