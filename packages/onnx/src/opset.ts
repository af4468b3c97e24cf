/** Versions of the standard operators that can be written: from ONNX 1.12 to the newest that onnxruntime 1.30 runs. */
export const opsets = [17, 18, 19, 20, 21, 22, 23, 24, 25, 26] as const;

/** A version of the standard operators. */
export type Opset = (typeof opsets)[number];

/** The version of the container with which ONNX published an opset: older readers reject newer ones. */
export function irVersion(opset: Opset): bigint {
  if (opset <= 18) return 8n;
  if (opset <= 20) return 9n;
  if (opset <= 22) return 10n;
  if (opset === 23) return 11n;
  return opset === 24 ? 12n : 13n;
}
