"""Dice loss and its gradient in PyTorch, one thread: `dice.py autograd|function N C V FOLDER`.

Reads lines: `step` answers the loss and the milliseconds of one loss with gradient, `memory` the bytes
by which the process has grown beyond its inputs and one gradient.
"""
import resource
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


def activated(x):
    return torch.softmax(x, 1) if several else torch.sigmoid(x)


def one_hot(y):
    if not several:
        return y.float()
    planes = torch.zeros(samples, channels, voxels)
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
            intersection = torch.zeros(samples, channels).scatter_add_(1, y[:, 0], hit[:, 0])
            count = torch.zeros(samples, channels).scatter_add_(1, y[:, 0], torch.ones(samples, voxels))
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


def step():
    prediction.grad = None
    loss = autograd(prediction, target) if how == "autograd" else Dice.apply(prediction, target)
    loss.backward()
    return loss.item()


resident = lambda: 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = resident()
for line in sys.stdin:
    if line.strip() == "memory":
        print(resident() - before - 4 * prediction.numel(), flush=True)
    else:
        start = time.perf_counter()
        loss = step()
        print(loss, 1e3 * (time.perf_counter() - start), flush=True)
