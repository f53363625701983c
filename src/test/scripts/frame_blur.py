#!/usr/bin/env python3
"""How much blur and error a model of frames leaves: docs/design/0006-blur-losses.md has what came out. Needs numpy.

usage: frame_blur.py spoil CLEAN.csv FOLDER           writes FOLDER/KIND.csv for each kind of noise
       frame_blur.py judge CLEAN.csv FOLDER NAME...   of FOLDER/NAME.KIND.csv, the same frames cleaned

A file has one frame a row, without a header: 784 values from 0 to 1. Told are, of each kind: peak signal-to-noise ratio, dB; energy of the
Laplacian of what came out over that of the clean frames (1: as sharp as they are); the same of what is above a quarter of the sample rate in any
direction; and how much of that is true: the clean frames' part of it, by projection."""
import sys

import numpy as np

KINDS = ("noise0.25", "noise0.5", "mask0.25", "mask0.5", "patch8")


def frames(path):
    return np.loadtxt(path, delimiter=",", dtype=np.float64, ndmin=2).reshape(-1, 28, 28)


def spoil(clean, folder):
    chance = np.random.default_rng(77)
    spoilt = {kind: clean.copy() for kind in KINDS}
    for sigma in (0.25, 0.5):
        spoilt["noise%s" % sigma] = np.clip(clean + sigma * chance.standard_normal(clean.shape), 0, 1)
    for share in (0.25, 0.5):
        spoilt["mask%s" % share] = clean * (chance.random(clean.shape) >= share)
    for frame in spoilt["patch8"]:
        row, column = chance.integers(0, 21, 2)
        frame[row : row + 8, column : column + 8] = 0
    for kind, x in spoilt.items():
        np.savetxt("%s/%s.csv" % (folder, kind), x.reshape(len(x), -1), "%.6g", ",")


def laplacian(x):
    p = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    return p[:, :-2, 1:-1] + p[:, 2:, 1:-1] + p[:, 1:-1, :-2] + p[:, 1:-1, 2:] - 4 * x


def high(x):
    f = np.fft.fftfreq(28)
    return np.fft.fft2(x) * (f[:, None] ** 2 + f[None, :] ** 2 > 0.25**2)


def energy(x):
    return np.sum(abs(x) ** 2)


def judge(clean, folder, name):
    rows = []
    sharp = high(clean)
    for kind in KINDS:
        y = frames("%s/%s.%s.csv" % (folder, name, kind))
        true = np.sum(high(y) * sharp.conj()).real / energy(sharp)
        psnr = -10 * np.log10(np.mean((y - clean) ** 2))
        rows.append((psnr, energy(laplacian(y)) / energy(laplacian(clean)), energy(high(y)) / energy(sharp), true))
        print("%-16s %-10s %6.2f dB  sharpness %.3f  high band %.3f  of it true %.3f" % ((name, kind) + rows[-1]))
    print("%-16s %-10s %6.2f dB  sharpness %.3f  high band %.3f  of it true %.3f" % ((name, "mean") + tuple(np.mean(rows, 0))))


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in ("spoil", "judge"):
        sys.exit(__doc__)
    if sys.argv[1] == "spoil":
        spoil(frames(sys.argv[2]), sys.argv[3])
    else:
        for each in sys.argv[4:]:
            judge(frames(sys.argv[2]), sys.argv[3], each)
