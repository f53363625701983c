#!/usr/bin/env python3
"""Does a feature-space or an adversarial loss make the frames of a U-Net less blurred? docs/design/0006-blur-losses.md has what came out.

usage: blur_losses.py FRAMES.csv.gz [--steps 3000] [--seeds 3] [--jobs 1] [--only bce,feature-0.1] [--out results.jsonl]

FRAMES: label and 784 pixels from 0 to 255 a row; the first 7,000 are trained on, the next 500 judged by, what follows is not looked at.
The network, its schedule and its noise are those of docs/training.md, "Frames". Needs numpy and PyTorch; a GPU if there is one, else minutes per run."""
import argparse
import json
import math
import os
import subprocess
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
BATCH = 64
KINDS = ("gauss0.25", "gauss0.5", "mask0.25", "mask0.5", "patch8")
# the loss is cross-entropy plus so much of the other term
VARIANTS = ["bce"] + ["feature-%s" % w for w in (0.03, 0.3, 3)] + ["adversarial-%s" % w for w in (0.001, 0.01, 0.1)]


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(width, width, 3, padding=1)
        self.b = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        return x + self.b(F.relu(self.a(F.relu(x))))


class UNet(nn.Module):
    """unet-2d 32, 64, patch 2: [B, 1, 28, 28] to the logits of the same."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 32, 4, 2, 1)
        self.encode, self.decode = Block(32), Block(32)
        self.down, self.up = nn.Conv2d(32, 64, 4, 2, 1), nn.ConvTranspose2d(64, 32, 4, 2, 1)
        self.deep = nn.Sequential(Block(64), Block(64))
        self.head = nn.ConvTranspose2d(32, 8, 4, 2, 1)
        self.last, self.out = nn.Conv2d(9, 16, 3, padding=1), nn.Conv2d(16, 1, 3, padding=1)
        for name, conv in self.named_modules():
            if isinstance(conv, (nn.Conv2d, nn.ConvTranspose2d)):
                transposed = isinstance(conv, nn.ConvTranspose2d)
                fan = conv.in_channels * conv.kernel_size[0] ** 2 // (4 if transposed else 1)
                bound = math.sqrt(6 / fan) * (0.3 if name.endswith(".b") or name == "out" else 1)
                nn.init.uniform_(conv.weight, -bound, bound)
                nn.init.zeros_(conv.bias)

    def forward(self, x):
        h = self.encode(self.stem(x))
        h = self.head(self.decode(h + self.up(self.deep(self.down(h)))))
        return self.out(F.relu(self.last(torch.cat([h, x], 1))))


class Encoder(nn.Module):
    """The encoder of a small denoising autoencoder, trained first on the same frames: three maps of features."""

    def __init__(self):
        super().__init__()
        self.maps = nn.ModuleList([nn.Conv2d(1, 16, 3, 1, 1), nn.Conv2d(16, 32, 4, 2, 1), nn.Conv2d(32, 64, 4, 2, 1)])

    def forward(self, x):
        features = []
        for conv in self.maps:
            x = F.relu(conv(x))
            features.append(x)
        return features


def critic():
    """Judges overlapping patches of 10 by 10, as PatchGAN does (Isola et al. 2017); spectrally normalised (Miyato et al. 2018)."""
    s = nn.utils.spectral_norm
    return nn.Sequential(
        s(nn.Conv2d(1, 32, 4, 2, 1)), nn.LeakyReLU(0.2), s(nn.Conv2d(32, 64, 4, 2, 1)), nn.LeakyReLU(0.2), s(nn.Conv2d(64, 1, 1))
    ).to(DEVICE)


def frames(path):
    pixels = np.loadtxt(path, delimiter=",", dtype=np.float32, max_rows=7500)[:, 1:] / 255
    return torch.from_numpy(pixels).view(-1, 1, 28, 28).to(DEVICE)


def patch(x, generator):
    """8 by 8 pixels of each frame at 0."""
    n = len(x)
    row, column = (torch.randint(0, 21, (n, 1), device=DEVICE, generator=generator) for _ in range(2))
    at = torch.arange(28, device=DEVICE)
    rows, columns = (at >= row) & (at < row + 8), (at >= column) & (at < column + 8)
    return x * ~(rows[:, None, :, None] & columns[:, None, None, :])


def spoilt(x, generator):
    """As the definition's corruption: of each frame one of noise 0.4, mask 0.35, patch 0.25."""

    def even(low, high):
        return low + (high - low) * torch.rand(len(x), 1, 1, 1, device=DEVICE, generator=generator)

    sigma = torch.exp(even(math.log(0.2), math.log(0.6)))
    noisy = (x + sigma * torch.randn(x.shape, device=DEVICE, generator=generator)).clamp(0, 1)
    masked = x * (torch.rand(x.shape, device=DEVICE, generator=generator) < even(0.4, 0.85))
    which = even(0, 1)
    return torch.where(which < 0.4, noisy, torch.where(which < 0.75, masked, patch(x, generator)))


def rate(step, steps):
    warm = min(200, steps / 10)
    return (step + 1) / warm if step < warm else 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step + 1 - warm) / (steps - warm)))


def draw(clean, generator):
    x = clean[torch.randint(0, 7000, (BATCH,), device=DEVICE, generator=generator)]
    return x, spoilt(x, generator)


def trained_encoder(clean, steps, seed):
    torch.manual_seed(1000 + seed)
    generator = torch.Generator(DEVICE).manual_seed(1000 + seed)
    encoder = Encoder().to(DEVICE)
    decoder = nn.Sequential(nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(32, 16, 4, 2, 1), nn.ReLU(), nn.Conv2d(16, 1, 3, 1, 1)).to(DEVICE)
    parameters = list(encoder.parameters()) + list(decoder.parameters())
    optimizer = torch.optim.AdamW(parameters, 2e-3)
    for step in range(steps):
        x, noisy = draw(clean, generator)
        loss = F.binary_cross_entropy_with_logits(decoder(encoder(noisy)[-1]), x)
        optimizer.param_groups[0]["lr"] = 2e-3 * rate(step, steps)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return encoder.requires_grad_(False)


def fitted(clean, variant, steps, seed):
    """The averaged weights after so many steps."""
    kind, _, weight = variant.partition("-")
    weight = float(weight or 0)
    encoder = trained_encoder(clean, steps // 2, seed) if kind == "feature" else None
    torch.manual_seed(seed)
    generator = torch.Generator(DEVICE).manual_seed(seed)
    net = UNet().to(DEVICE)
    averages = [p.detach().clone() for p in net.parameters()]
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-2)
    judge = critic() if kind == "adversarial" else None
    learner = torch.optim.Adam(judge.parameters(), 5e-4, betas=(0.5, 0.99)) if judge else None
    for step in range(steps):
        x, noisy = draw(clean, generator)
        logits = net(noisy)
        loss = F.binary_cross_entropy_with_logits(logits, x)
        if encoder:
            with torch.no_grad():
                wanted = encoder(x)
            found = encoder(torch.sigmoid(logits))
            loss = loss + weight * sum(F.mse_loss(f, w) / w.square().mean() for f, w in zip(found, wanted)) / len(wanted)
        if judge:
            fake = torch.sigmoid(logits)
            verdict = F.relu(1 - judge(x)).mean() + F.relu(1 + judge(fake.detach())).mean()  # hinge (Lim and Ye 2017)
            learner.zero_grad()
            verdict.backward()
            learner.step()
            loss = loss - weight * judge(fake).mean()
        optimizer.param_groups[0]["lr"] = 3e-3 * rate(step, steps)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            for p, average in zip(net.parameters(), averages):
                average.lerp_(p, max(0.003, 10 / (step + 20)))
    with torch.no_grad():
        for p, average in zip(net.parameters(), averages):
            p.copy_(average)
    return net


def laplacian(x):
    kernel = torch.tensor([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]], device=DEVICE).view(1, 1, 3, 3)
    return F.conv2d(x, kernel).square().sum().item()


def high(x):
    """Energy above a quarter of the sample rate, in any direction."""
    f = torch.fft.fftfreq(28, device=DEVICE)
    beyond = f[:, None] ** 2 + f[None, :] ** 2 > 0.25**2
    return torch.fft.fft2(x)[..., beyond].abs().square().sum().item()


@torch.no_grad()
def judged(net, clean):
    """Of each kind of noise: peak signal-to-noise ratio, dB; energy of the Laplacian and of the high band over the clean frames'."""
    x = clean[7000:]
    generator = torch.Generator(DEVICE).manual_seed(77)
    found = {}
    for kind in KINDS:
        if kind.startswith("gauss"):
            noisy = (x + float(kind[5:]) * torch.randn(x.shape, device=DEVICE, generator=generator)).clamp(0, 1)
        elif kind.startswith("mask"):
            noisy = x * (torch.rand(x.shape, device=DEVICE, generator=generator) >= float(kind[4:]))
        else:
            noisy = patch(x, generator)
        y = torch.sigmoid(net(noisy))
        psnr = -10 * math.log10(F.mse_loss(y, x).item())
        found[kind] = [round(psnr, 3), round(laplacian(y) / laplacian(x), 4), round(high(y) / high(x), 4)]
    return found


def table(results):
    print("variant            " + "".join("%-24s" % kind for kind in KINDS) + "mean of five (spread over seeds)")
    for variant in dict.fromkeys(r["variant"] for r in results):
        of = np.array([[r["found"][kind] for kind in KINDS] for r in results if r["variant"] == variant])  # [seed, kind, figure]
        mean = of.mean(0)
        print("%-19s" % variant + "".join("%6.2f dB %.3f %.3f  " % tuple(m) for m in mean)
              + "%.2f dB (%.2f) %.3f %.3f" % (mean[:, 0].mean(), np.ptp(of[:, :, 0].mean(1)), mean[:, 1].mean(), mean[:, 2].mean()))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("frames")
    args.add_argument("--steps", type=int, default=3000)
    args.add_argument("--seeds", type=int, default=3)
    args.add_argument("--jobs", type=int, default=1, help="processes side by side")
    args.add_argument("--only", default=",".join(VARIANTS))
    args.add_argument("--out", default="blur_losses.jsonl", help="one line per run, as they end")
    args.add_argument("--part", type=int, default=-1, help=argparse.SUPPRESS)
    a = args.parse_args()
    runs = [(variant, seed) for seed in range(1, a.seeds + 1) for variant in a.only.split(",")]
    if a.part < 0:
        open(a.out, "w").close()
        parts = [subprocess.Popen([sys.executable, os.path.abspath(__file__), *sys.argv[1:], "--part", str(i)]) for i in range(a.jobs)]
        if any([p.wait() for p in parts]):
            sys.exit("a run failed")
        table(sorted((json.loads(line) for line in open(a.out)), key=lambda r: (a.only.split(",").index(r["variant"]), r["seed"])))
        return
    torch.set_num_threads(1)
    clean = frames(a.frames)
    for variant, seed in runs[a.part :: a.jobs]:
        found = judged(fitted(clean, variant, a.steps, seed), clean)
        with open(a.out, "a") as out:
            out.write(json.dumps({"variant": variant, "seed": seed, "steps": a.steps, "found": found}) + "\n")


if __name__ == "__main__":
    main()
