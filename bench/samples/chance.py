"""Seeded chance: one stream of random numbers for each name, so that a new feed changes no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

T = TypeVar("T")
SEED = "践诺示例"


def stream(*name: object) -> Random:
    """The random numbers of one purpose."""
    return Random("/".join((SEED, *map(str, name))))


def weighted(random: Random, shares: dict[T, float]) -> T:
    """One of the keys, about as often as its share says."""
    return random.choices(list(shares), weights=list(shares.values()))[0]


def day_between(random: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included."""
    return first + timedelta(random.randint(0, (last - first).days))


def amount(random: Random, typical: int) -> Decimal:
    """A sum of money around a typical one, in full hundreds of yuan."""
    return Decimal(max(1, round(typical * random.lognormvariate(0, 0.9) / 100))) * 100


def sample(random: Random, things: Sequence[T], number: int) -> list[T]:
    """`number` of the things in their order."""
    places = sorted(random.sample(range(len(things)), min(number, len(things))))
    return [things[place] for place in places]
