#!/usr/bin/env python3
"""Makes a noisy recording of a clean one, so that training without clean data can be graded: standard library only.

usage: noisy_recording.py --clean CSV --db DB --out CSV [--noise CSV --alone CSV] [--seed N]

Without --noise the noise is white and normally distributed. With it, each minute of the recording gets noise of its own: of every column a
stretch from anywhere in the first half of the file, with drawn sign, in equal parts, a second of each passing over into the next. The
ratio is that of the sums of squares over the whole recording. --alone gets ten minutes of noise in the same unit, made likewise from the
second half: what the same sensor records without a signal. Files may be gzipped; the first column of --clean counts.
"""
import argparse
import csv
import gzip
import math
import random


def columns(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        return names, [list(map(float, column)) for column in zip(*rows)]


def write(path, name, values):
    with open(path, "w", encoding="ascii") as file:
        file.write(name + "\n" + "".join("%.5f\n" % value for value in values))


def rms(values):
    return math.sqrt(sum(value * value for value in values) / len(values))


def mixed(sources, count, second, chance):
    """So many samples of noise: all sources in equal parts, a new stretch of each every minute."""
    out = [0.0] * count
    minute = 60 * second
    for source in sources:
        unit = 1 / rms(source)
        for begin in range(0, count, minute):
            start = chance.randrange(len(source) - minute - second)
            sign = chance.choice((-unit, unit))
            for i in range(min(minute + second, count - begin)):
                rise = min(1, i / second) if begin else 1
                fall = max(0, 1 - (i - minute) / second) if i >= minute else 1
                # the shares' squares add up to 1, so the power stays
                out[begin + i] += sign * math.sqrt(rise * fall) * source[start + i]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", required=True)
    parser.add_argument("--db", type=float, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--noise")
    parser.add_argument("--alone")
    parser.add_argument("--rate", type=int, default=360)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    names, (clean, *_) = columns(given.clean)
    level = rms(clean) * 10 ** (-given.db / 20)
    if given.noise:
        _, sources = columns(given.noise)
        half = len(sources[0]) // 2
        noise = mixed([source[:half] for source in sources], len(clean), given.rate, chance)
    else:
        noise = [chance.gauss(0, 1) for _ in clean]
    factor = level / rms(noise)
    write(given.out, names[0], [c + factor * n for c, n in zip(clean, noise)])
    if given.alone:
        alone = mixed([source[half:] for source in sources], 600 * given.rate, given.rate, chance)
        factor = level / rms(alone)
        write(given.alone, "noise", [factor * n for n in alone])


if __name__ == "__main__":
    main()
