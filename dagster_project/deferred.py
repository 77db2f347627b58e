"""Modules that a library imports for features we never call, loaded when something first touches them.

Great Expectations imports a statistics and a drawing library for two of its expectations: half the time it takes to
start. The standard library's LazyLoader does not help: importing a module twice already counts as touching it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from typing import Any

_LOOKED_AT = {"__file__", "__warningregistry__", "__wrapped__"}


class _Deferred(types.ModuleType):
    """Stands for a module until one of its names is asked for."""

    def __getattr__(self, name: str) -> Any:
        # Whoever looks through all modules for their files (inspect, warnings) has no use for this one.
        if name in _LOOKED_AT:
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = importlib.import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def defer(*names: str) -> None:
    """Load these modules at their first use only; those loaded already, or not installed, stay as they are."""
    for name in names:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None:
            module = _Deferred(name)
            module.__spec__ = spec
            sys.modules[name] = module
