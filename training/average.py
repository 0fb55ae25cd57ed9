"""Averages the weights of two runs, or of two epochs: what ships is such a mean.

    python training/average.py --out FILE WEIGHTS WEIGHTS

A run that went on from another one ends near it, and between the two lie weights that read better
than either. Weights that only one file has are taken from it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("weights", type=Path, nargs=2)
    given = parser.parse_args()
    one, other = (torch.load(file) for file in given.weights)
    both = {name: (one[name] + other[name]) / 2 for name in one.keys() & other.keys()}
    torch.save(one | other | both, given.out)


if __name__ == "__main__":
    main()
