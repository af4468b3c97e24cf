"""Dice loss and its gradient in PyTorch, one thread: `dice.py autograd|function N C V FOLDER`.

Reads lines: `step` answers the loss and the milliseconds of one loss with gradient, `memory` the bytes
by which the process grew at the peak of its first steps beyond inputs and one gradient; -1 if not known.
"""
import gc
import os
import re
import sys
import time

import numpy
import torch

torch.set_num_threads(1)
how, samples, channels, voxels, folder = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
read = lambda name, kind: torch.from_numpy(numpy.fromfile(f"{folder}/{name}", kind))
prediction = read("prediction", numpy.float32).reshape(samples, channels, voxels)
target = read("target", numpy.int32).reshape(samples, 1, voxels).long()
prediction.requires_grad_(True)
SMOOTH = 1e-5
several = channels > 1
RESET = "/proc/self/clear_refs"


def activated(x):
    return torch.softmax(x, 1) if several else torch.sigmoid(x)


def one_hot(y):
    if not several:
        return y.float()
    planes = torch.zeros(y.shape[0], channels, y.shape[2])
    return planes.scatter_(1, y, 1)


def autograd(x, y):
    p, t = activated(x), one_hot(y)
    intersection = (p * t).sum(2)
    total = p.sum(2) + t.sum(2)
    return (1 - (2 * intersection + SMOOTH) / (total + SMOOTH)).mean()


class Dice(torch.autograd.Function):
    @staticmethod
    def forward(context, x, y):
        p = activated(x)
        if several:
            hit = p.gather(1, y)
            per_image = lambda: torch.zeros(y.shape[0], channels)
            intersection = per_image().scatter_add_(1, y[:, 0], hit[:, 0])
            count = per_image().scatter_add_(1, y[:, 0], torch.ones(y.shape[0], y.shape[2]))
        else:
            intersection, count = (p * y).sum(2), y.sum(2).float()
        total = p.sum(2) + count + SMOOTH
        score = (2 * intersection + SMOOTH) / total
        context.save_for_backward(p, y, score, total)
        return (1 - score).mean()

    @staticmethod
    def backward(context, cotangent):
        p, y, score, total = context.saved_tensors
        share = cotangent / score.numel()
        by_p, by_hit = share * score / total, -2 * share / total
        if not several:
            slope = by_p[..., None] + by_hit[..., None] * y
            return slope * p * (1 - p), None
        slope = by_p[..., None].expand_as(p).clone()
        slope.scatter_add_(1, y, by_hit.gather(1, y[:, 0])[:, None])
        return p * (slope - (slope * p).sum(1, keepdim=True)), None


def step(x, y):
    x.grad = None
    loss = autograd(x, y) if how == "autograd" else Dice.apply(x, y)
    loss.backward()
    return loss.item()


def kilobytes(field):
    with open("/proc/self/status") as status:
        return int(re.search(rf"^{field}:\s+(\d+) kB$", status.read(), re.M)[1])


def grown():
    """As the processes of test/bench/memory: warmed on a little, the peak is counted anew (see proc(5))."""
    if not os.path.exists(RESET):
        return -1
    little = prediction.detach()[:, :, :4096].clone().requires_grad_(True)
    for _ in range(20):
        step(little, target[:, :, :4096].clone())
    del little
    least, peaks = float("inf"), []
    for _ in range(5):
        prediction.grad = None
        gc.collect()
        with open(RESET, "w") as reset:
            reset.write("5")
        least = min(least, kilobytes("VmRSS"))
        step(prediction, target)
        peaks.append(kilobytes("VmHWM"))
    return 1024 * (sorted(peaks)[2] - least) - 4 * prediction.numel()


memory = grown()
for line in sys.stdin:
    if line.strip() == "memory":
        print(memory, flush=True)
    else:
        start = time.perf_counter()
        loss = step(prediction, target)
        print(loss, 1e3 * (time.perf_counter() - start), flush=True)
