"""`python -m bench.samples [FOLDER]`: write the sample deliveries anew (default `data/raw`)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.samples.write import write_all


def main() -> None:
    """Write all sample deliveries and say how many and how large they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data") / "raw"
    if folder.exists():
        shutil.rmtree(folder)
    sizes = write_all(folder)
    print(f"{folder}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
