"""Writes unet.onnx: a small U-Net of 4 classes with random weights, by torch's own exporter.

Run with Debian's python3-torch (1.13) and python3-onnx (1.12): /usr/bin/python3 make_unet.py [FILE [OPSET]]
"""
import sys

import torch
from torch import nn


def block(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=1),
        nn.InstanceNorm2d(outputs, affine=True),
        nn.LeakyReLU(0.01),
    )


class UNet(nn.Module):
    """Two levels, one skip connection, logits and probabilities."""

    def __init__(self, classes=4):
        super().__init__()
        self.down = block(1, 8)
        self.bottom = block(8, 16)
        self.pool = nn.MaxPool2d(2)
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)
        self.join = block(24, 8)
        self.head = nn.Conv2d(8, classes, 1)

    def forward(self, image):
        fine = self.down(image)
        coarse = self.up(self.bottom(self.pool(fine)))
        logits = self.head(self.join(torch.cat([fine, coarse], dim=1)))
        return logits, torch.softmax(logits, dim=1)


if __name__ == "__main__":
    file = sys.argv[1] if len(sys.argv) > 1 else "unet.onnx"
    opset = int(sys.argv[2]) if len(sys.argv) > 2 else 17
    torch.manual_seed(1)
    model = UNet().eval()
    with torch.no_grad():
        for parameter in model.buffers():
            if parameter.dtype == torch.float32:
                parameter.add_(torch.rand_like(parameter) * 0.1)
    sizes = {0: "batch", 2: "height", 3: "width"}
    torch.onnx.export(
        model,
        torch.zeros(2, 1, 16, 16),
        file,
        opset_version=opset,
        input_names=["image"],
        output_names=["logits", "probabilities"],
        dynamic_axes={"image": sizes, "logits": sizes, "probabilities": sizes},
    )
