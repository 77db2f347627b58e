"""The same content, the same bytes: packages of Office without the hour at which they were written."""

from __future__ import annotations

import zipfile
from io import BytesIO

# The first moment that a zip can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)


def steady(package: bytes) -> bytes:
    """A zip with its entries as they are, each dated to the first day of the format."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
