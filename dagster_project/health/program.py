"""The program: Python, the packages against their pins, the encoding of what it says."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from dagster_project import __version__
from dagster_project.health.finding import Finding, broken, fine, warning

DISTRIBUTION = "jiannuo"
LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
# `name==version`; one with a marker is for some other machine, or for some of the Pythons.
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*\\?$", re.MULTILINE)
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")
SHOWN = 5


def findings() -> Iterator[Finding]:
    """What there is to say of the program."""
    yield fine("program", f"践诺 {__version__}，{sys.prefix}", f"Jiannuo {__version__}, {sys.prefix}")
    yield _python()
    yield _packages()
    yield _encoding()


def _python() -> Finding:
    here = ".".join(str(part) for part in sys.version_info[:3])
    wanted = importlib.metadata.metadata(DISTRIBUTION)["Requires-Python"] or ""
    if is_wanted(sys.version_info[:3], wanted):
        return fine("python", f"Python {here}", f"Python {here}")
    return broken(
        "python",
        (f"Python {here}，要求 {wanted}", f"Python {here}, wanted {wanted}"),
        ("换用所要求的 Python 后执行 make clean env", "use a Python as wanted, then make clean env"),
    )


def is_wanted(version: tuple[int, ...], wanted: str) -> bool:
    """Whether a version lies within bounds as `>=3.11,<3.13`."""
    bounds = [(sign, tuple(int(part) for part in bound.split("."))) for sign, bound in _BOUND.findall(wanted)]
    return all((version >= bound) if sign == ">=" else (version < bound) for sign, bound in bounds)


def pins() -> dict[str, str]:
    """The version that each package must have here: as the lock says where there is one, else as the program asks."""
    if LOCK.is_file():
        return dict(_PIN.findall(LOCK.read_text(encoding="utf-8")))
    return dict(_PIN.findall("\n".join(importlib.metadata.requires(DISTRIBUTION) or [])))


def _packages() -> Finding:
    wanted = pins()
    wrong = []
    for name, version in wanted.items():
        try:
            here = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            here = "–"
        if here != version:
            wrong.append(f"{name} {here} ≠ {version}")
    if not wrong:
        return fine("packages", f"{len(wanted)} 个依赖包的版本相符", f"{len(wanted)} packages have their versions")
    listed = "；".join(wrong[:SHOWN]) + ("；…" if len(wrong) > SHOWN else "")
    return broken(
        "packages",
        (f"{len(wrong)} 个依赖包缺失或版本不符：{listed}", f"{len(wrong)} packages are missing or differ: {listed}"),
        ("执行 make clean env 重新安装", "install anew: make clean env"),
    )


def _encoding() -> Finding:
    encoding = sys.stdout.encoding or ""
    if encoding.lower().replace("-", "") == "utf8":
        return fine("encoding", "输出编码 UTF-8", "output in UTF-8")
    return warning(
        "encoding",
        (f"输出编码为 {encoding}，中文可能显示不出", f"output in {encoding}: Chinese may not be shown"),
        ("设置 PYTHONUTF8=1 或 LANG=zh_CN.UTF-8", "set PYTHONUTF8=1 or LANG=C.UTF-8"),
    )
