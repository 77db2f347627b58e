"""Codes that are valid in form and belong to nobody: unified social credit codes with `EX` in their middle.

GB 32100-2015 (the whole code) and GB 11714 (its characters 9 to 17) say how the check characters are made.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: The alphabet of GB 32100-2015: no I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
#: The first two characters by kind of unit: who registers it and what it is.
PREFIXES = {
    "government": "11",
    "department": "11",
    "township": "11",
    "institution": "12",
    "other": "13",
    "enterprise": "91",
}
#: Characters 9 and 10 of every code made here.
MARK = "EX"


def check_character(body: str) -> str:
    """The check character of the first 17 characters of a code (GB 32100-2015). Raises ValueError for a foreign one."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organization_check(body: str) -> str:
    """The check character of an eight-character organisation code (GB 11714)."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _BODY_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def made_up_uscc(org_type: str, region_code: str, number: int) -> str:
    """A code valid in form for the `number`-th unit (below 1,000,000)."""
    organization = f"{MARK}{number:06d}"
    body = f"{PREFIXES[org_type]}{region_code}{organization}{organization_check(organization)}"
    return body + check_character(body)


def with_wrong_check(uscc: str) -> str:
    """The code with another last character: what a slip of the pen makes of it."""
    return uscc[:-1] + ALPHABET[(ALPHABET.index(uscc[-1]) + 7) % 31]


def made_up_usccs(prefixes: NDArray[np.str_], regions: NDArray[np.str_], numbers: NDArray[np.int64]) -> list[str]:
    """The same for many at once: one code for each position of the three arrays."""
    digits = np.char.zfill(numbers.astype(np.str_), 6)
    mark = sum(int(character, 36) * weight for character, weight in zip(MARK, _BODY_WEIGHTS, strict=False))
    places = np.stack([(numbers // 10**power) % 10 for power in range(5, -1, -1)], axis=1)
    rest = 11 - (mark + places @ np.array(_BODY_WEIGHTS[len(MARK) :])) % 11
    checks = np.where(rest == 10, "X", np.where(rest == 11, "0", (rest % 10).astype(np.str_)))
    organizations = np.char.add(np.char.add(MARK, digits), checks)
    bodies = np.char.add(np.char.add(prefixes, regions), organizations).astype("U17")
    positions = np.searchsorted(np.array(list(ALPHABET)), bodies.view("U1").reshape(len(bodies), 17))
    last = np.array(list(ALPHABET))[-(positions @ np.array(_WEIGHTS)) % 31]
    return [str(code) for code in np.char.add(bodies, last)]
