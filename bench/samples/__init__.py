"""The sample deliveries under `data/raw`: invented units, two years, 21 feeds, in the mess of real life.

`python -m bench.samples` writes them anew, byte for byte the same. `data/README.md` tells why each oddity is there.
"""
