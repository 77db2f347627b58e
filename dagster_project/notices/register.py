"""The register of numbered papers: DATA/marts/reports/notices/register.json, and the papers beside it.

A number is given under a lock, to a paper that is written through to the disk before the register names it. A maker
that is killed in between has given no number: the next one sweeps its papers and gives the same numbers again. A number
that is void stays in the register with the reason, and is never given again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dagster_project.paths import DataPaths
from dagster_project.reports.freeze import FOLDER, PARTIAL, digest

LOCK = "notices.lock"
REGISTER = "register.json"
ISSUED, VOID = "issued", "void"
#: What stands before the year in the number of a paper.
WORDS = {"tip_sheet": "信用办提示", "rectification_notice": "信用办整改"}
#: What mends a register that is gone while its papers are there.
RESTORE = (
    f"从备份恢复 {REGISTER}，或把这些公文移到别处",
    f"restore {REGISTER} from a backup, or move the notices away",
)
#: Where a paper lies under the folder, or what is being written of one; any other file is somebody else's.
_OWN = re.compile(
    rf"([0-9]{{4}}/[0-9]{{6}}/)(\.)?((?:{'|'.join(WORDS)})-[1-9][0-9]*)\.(?:docx|pdf)(?(2){re.escape(PARTIAL)})"
)
_NUMBER = re.compile(r"\D*?(提示|整改)〔?\[?([0-9]{4})\]?〕?([1-9][0-9]*)号?")


class NoticeError(ValueError):
    """What is asked cannot be done. `zh` and `en` say why to people."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class RegisterError(NoticeError):
    """The register is gone or cannot be read, so that nobody knows which numbers were given."""


@dataclass(frozen=True)
class Notice:
    """One paper that was given a number.

    `kind`: of `WORDS`; `region_code`: of the office that sends it, each of which counts from 1 every `year`;
    `subjects`: what it tells the unit of; `file`: its Word file under the folder, with its digest; `pdf_sha256`: of the
    PDF beside it, where one was made; `reason` and `voided_on`: only where it is void.
    """

    kind: str
    region_code: str
    year: int
    number: int
    uscc: str
    month: str
    as_of: str
    subjects: Sequence[str]
    file: str
    sha256: str
    status: str = ISSUED
    reason: str | None = None
    voided_on: str | None = None
    pdf_sha256: str | None = None

    @property
    def pdf(self) -> str:
        """Where its PDF is, if it has one."""
        return self.file.removesuffix(".docx") + ".pdf"

    @property
    def files(self) -> dict[str, str]:
        """Its files under the folder, and the digest of each."""
        return {self.file: self.sha256} | ({self.pdf: self.pdf_sha256} if self.pdf_sha256 else {})

    @property
    def series(self) -> tuple[str, str, int]:
        return (self.kind, self.region_code, self.year)

    @property
    def document_no(self) -> str:
        return f"{WORDS[self.kind]}{bracketed(self.year, self.number)}"


def bracketed(year: int, number: int) -> str:
    """As 〔2024〕3号."""
    return f"〔{year}〕{number}号"


class Register:
    """The register, read under the lock of `opened`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / REGISTER
        self.is_kept = path.is_file()
        said = json.loads(path.read_text(encoding="utf-8")) if self.is_kept else {"notices": []}
        self.notices = [Notice(**one) for one in said["notices"]]

    def told(self, kind: str, uscc: str) -> set[str]:
        """What a unit was told by papers of a kind that are not void: no second paper is made for that."""
        return {
            subject
            for notice in self.notices
            if (notice.kind, notice.uscc, notice.status) == (kind, uscc, ISSUED)
            for subject in notice.subjects
        }

    def next_number(self, kind: str, region_code: str, year: int) -> int:
        """The number after the last one of a series, the void ones counted."""
        given = [notice.number for notice in self.notices if notice.series == (kind, region_code, year)]
        return max(given, default=0) + 1

    def write_paper(self, name: str, content: bytes) -> str:
        """Write one paper through to the disk, read-only; returns its digest. It counts once the register names it."""
        if not self.is_kept:
            # Papers without a register are of a register that was lost, never of a first maker that was killed.
            self.save([])
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content, 0o444)
        return hashlib.sha256(content).hexdigest()

    def save(self, notices: Sequence[Notice]) -> None:
        """Put the register in place of the last one, in one step."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = {"notices": [asdict(notice) for notice in notices]}
        _write(self.folder / REGISTER, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode(), 0o644)
        self.notices = list(notices)
        self.is_kept = True

    def altered(self) -> list[str]:
        """Papers with a number, the void ones too, that are gone or are not what was numbered."""
        return [
            name
            for notice in self.notices
            for name, said in notice.files.items()
            if not (path := self.folder / name).is_file() or digest(path) != said
        ]

    def lost(self) -> tuple[str, str] | None:
        """What is wrong where there are papers and no register: their numbers would be given a second time."""
        papers = [] if self.is_kept else self._own()
        if not papers:
            return None
        return (
            f"{self.folder} 里有 {len(papers)} 个公文文件，却没有登记簿 {REGISTER}，不知道哪些文号已经用过",
            f"{self.folder} holds {len(papers)} files of notices, no {REGISTER}: what numbers were given is unknown",
        )

    def sweep(self) -> None:
        """Remove papers that a killed maker left without a number. What is not a maker's own stays."""
        numbered = {notice.file.removesuffix(".docx") for notice in self.notices}
        for path, paper in self._own().items():
            if path.name.endswith(PARTIAL) or paper not in numbered:
                path.unlink()
        self.folder.joinpath(f".{REGISTER}{PARTIAL}").unlink(missing_ok=True)

    def _own(self) -> dict[Path, str]:
        """What makers wrote under the folder, each with the name of its paper without an ending."""
        found = ((path, _OWN.fullmatch(path.relative_to(self.folder).as_posix())) for path in self.folder.glob("*/*/*"))
        return {path: match[1] + match[3] for path, match in found if match and path.is_file()}

    def void(self, number: str, reason: str, voided_on: str, region_code: str | None) -> Notice:
        """Mark a number as void, which opens its subjects again.

        `number` as 提示〔2024〕3号. Raises NoticeError where it is none, was not given, is void already, or where
        several offices gave it and `region_code` does not say which.
        """
        match = _NUMBER.fullmatch(number.strip())
        if match is None:
            raise NoticeError(
                f"文号应写作“提示〔2024〕3号”或“整改〔2024〕3号”，而不是“{number}”",
                f"a number is written as 提示〔2024〕3号 or 整改〔2024〕3号, not {number}",
            )
        kind = next(kind for kind, word in WORDS.items() if word.endswith(match.group(1)))
        found = [
            notice
            for notice in self.notices
            if (notice.kind, notice.year, notice.number) == (kind, int(match.group(2)), int(match.group(3)))
            and (region_code is None or notice.region_code == region_code.ljust(6, "0"))
        ]
        if not found:
            raise NoticeError(f"没有发过 {number}", f"{number} was never given")
        if len(found) > 1:
            codes = "、".join(notice.region_code for notice in found)
            raise NoticeError(
                f"{number} 有几个地区发过，请用 --region 说明是哪一个：{codes}",
                f"several offices gave {number}; say which with --region: {codes}",
            )
        (notice,) = found
        if notice.status == VOID:
            raise NoticeError(f"{number} 已经作废：{notice.reason}", f"{number} is void already: {notice.reason}")
        voided = replace(notice, status=VOID, reason=reason, voided_on=voided_on)
        self.save([voided if one is notice else one for one in self.notices])
        return voided


def place_of(paths: DataPaths) -> Path:
    """Where the register and its papers lie."""
    return paths.marts / FOLDER / "notices"


@contextmanager
def opened(paths: DataPaths) -> Iterator[Register]:
    """The register for one maker at a time; the others wait. A killed one lets go.

    Raises RegisterError where it cannot be read, or is gone while its papers are there.
    """
    paths.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(paths.state / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            register = Register(place_of(paths))
        except (ValueError, KeyError, TypeError) as error:
            raise RegisterError(
                f"文号登记簿读不懂，请从备份恢复：{place_of(paths) / REGISTER}（{error}）",
                f"the register of notices cannot be read, restore it: {place_of(paths) / REGISTER} ({error})",
            ) from error
        if lost := register.lost():
            raise RegisterError(f"{lost[0]}。请{RESTORE[0]}", f"{lost[1]}; {RESTORE[1]}")
        yield register
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes, mode: int) -> None:
    partial = path.with_name(f".{path.name}{PARTIAL}")
    partial.unlink(missing_ok=True)
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    umask = os.umask(0o077)
    os.umask(umask)
    partial.chmod(mode & ~umask)
    partial.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
