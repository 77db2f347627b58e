"""What an office sets for its papers: `DATA/templates/office.yaml`, and its own templates beside it.

issuer: 某市社会信用体系建设工作领导小组办公室
document_word: 某信用办调度
circular_word: 某信用办通报      # of the quarterly report
complaint_word: 某信用办报告     # of the half-year report
assessment_word: 某信用办考评    # of the annual report
recipients: 各县（市、区）人民政府，市直各单位：
regions: {"360700": 某市}        # names of places, where the roster has no government of that region
offices: {"3604": {issuer: …}}   # the same keys for a region and all below it
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dagster_project.reports.figures import Row
from dagster_project.reports.words import area_word, place_name

FOLDER = "templates"
SETTINGS = "office.yaml"
SHIPPED = Path(__file__).with_name("templates")
TEXTS = ("issuer", "document_word", "circular_word", "complaint_word", "assessment_word", "recipients")
#: What stands before the year in the document number: the setting, and what it is where none is set.
WORDS = {
    "monthly": ("document_word", "信用办调度"),
    "quarterly": ("circular_word", "信用办通报"),
    "halfyear": ("complaint_word", "信用办报告"),
    "annual": ("assessment_word", "信用办考评"),
}


class OfficeError(ValueError):
    """The settings or a template cannot be used. `zh` and `en` say to people what to mend, and where."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Office:
    """The settings of DATA, and where its templates are. Empty where the office has set nothing."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    offices: dict[str, dict[str, str]] = field(default_factory=dict)

    def template(self, kind: str) -> Path:
        """The Word template of a kind of report: the office's own, else the one that comes with the program."""
        own = self.folder / f"{kind}.docx"
        return own if own.is_file() else SHIPPED / f"{kind}.docx"

    def fingerprint(self, kind: str) -> str:
        """A digest of the settings and the template: with others, the same figures make another paper."""
        digest = hashlib.sha256(self.template(kind).read_bytes())
        digest.update(repr((self.texts, self.regions, self.offices)).encode())
        return digest.hexdigest()

    def named(self, place: Row) -> Row:
        """A place with the name that the office gives it, if it gives one."""
        return place | {"name": self.regions.get(place["region_code"], place["name"])}

    def _said(self, key: str, region_code: str) -> str | None:
        fitting = [prefix for prefix in self.offices if region_code.startswith(prefix) and key in self.offices[prefix]]
        return self.offices[max(fitting, key=len)][key] if fitting else self.texts.get(key)

    def issuer(self, place: Row) -> str:
        """Who sends the paper. The settings' own word is that of the office, whichever place a paper is about."""
        default = f"{place_name(place)}社会信用体系建设工作领导小组办公室"
        return self._said("issuer", place["region_code"]) or default

    def document_word(self, place: Row, kind: str) -> str:
        """What stands before the year in the document number of a kind of report."""
        key, default = WORDS[kind]
        return self._said(key, place["region_code"]) or default

    def recipients(self, place: Row) -> str:
        """Whom the paper is sent to, with the colon."""
        said = self._said("recipients", place["region_code"])
        if said:
            return said if said.endswith("：") else said + "："
        whole = area_word(place["name"], place["level"]).removeprefix("全")
        if place["level"] == "province":
            return f"各市（地）人民政府，{whole}直各单位："
        if place["level"] == "city":
            return f"各县（市、区）人民政府，{whole}直各单位："
        return f"各乡镇人民政府、街道办事处，{whole}直各单位："


def read_office(root: Path) -> Office:
    """The settings under DATA. Raises OfficeError where a key or a value is none that is known."""
    folder = root / FOLDER
    path = folder / SETTINGS
    if not path.is_file():
        return Office(folder)
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise OfficeError(f"{path} 读不懂：{error}", f"{path} cannot be read: {error}") from None
    _check_map(path, "", said)
    for key in said:
        if key not in (*TEXTS, "regions", "offices"):
            raise _unknown(path, key)
    regions = {str(code): name for code, name in _check_map(path, "regions", said.get("regions", {})).items()}
    offices = {}
    for prefix, texts in _check_map(path, "offices", said.get("offices", {})).items():
        for key in _check_map(path, f"offices.{prefix}", texts):
            if key not in TEXTS:
                raise _unknown(path, f"offices.{prefix}.{key}")
        offices[str(prefix)] = _texts(path, texts)
    return Office(folder, _texts(path, {k: said[k] for k in TEXTS if k in said}), _texts(path, regions), offices)


def _check_map(path: Path, key: str, value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise OfficeError(f"{path}：{key or '全文'} 应为键值对", f"{path}: {key or 'the file'} is no map")
    return value


def _texts(path: Path, values: dict[str, Any]) -> dict[str, str]:
    for key, value in values.items():
        if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
            raise OfficeError(f"{path}：{key} 应为一行文字", f"{path}: {key} is no line of text")
    return {key: value.strip() for key, value in values.items()}


def _unknown(path: Path, key: object) -> OfficeError:
    return OfficeError(f"{path}：没有“{key}”这一项", f"{path}: there is no key {key!r}")
