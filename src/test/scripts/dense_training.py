#!/usr/bin/env python3
"""The textbook's dense autoencoder in PyTorch for Python, one thread: for every line "N" on stdin it takes N steps and answers with the CPU
seconds that they took. The argument is 'plain' (AdamW on the loss) or 'same' (clipped gradients and averaged weights as well, as Limpid does)."""
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
import torch  # noqa: E402

SAME = sys.argv[1] == "same"
BATCH = 128
torch.set_num_threads(1)
torch.manual_seed(1)
sizes = [784, 512, 64, 512, 784]
layers = []
for i in range(4):
    layers += [torch.nn.Linear(sizes[i], sizes[i + 1]), torch.nn.ReLU() if i < 3 else torch.nn.Sigmoid()]
net = torch.nn.Sequential(*layers)
averages = [p.detach().clone() for p in net.parameters()]
optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
images = torch.rand(2000, 784)


def step():
    clean = images[torch.randint(0, len(images), (BATCH,))]
    noisy = (clean + 0.25 * torch.randn_like(clean)).clamp(0, 1)
    optimizer.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy(net(noisy), clean)
    loss.backward()
    if SAME:
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    if SAME:
        with torch.no_grad():
            for average, p in zip(averages, net.parameters()):
                average.lerp_(p, 0.003)
    return loss.item()


for line in sys.stdin:
    start = time.process_time()
    for _ in range(int(line)):
        step()
    print(time.process_time() - start, flush=True)
