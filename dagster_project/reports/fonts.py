"""Which fonts of this machine can write Chinese, by the names of fontconfig.

A picture whose font is absent is drawn without any text and without a word, so a font is tried before it is used. The
fonts of official papers are named in them as Word and WPS know them; a PDF drawn here takes what stands in for them.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from xml.sax.saxutils import escape

#: For pictures, the ones that read best first.
PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Serif CJK SC",
    "AR PL UMing CN",
)
LATIN = "Times New Roman"
#: What stands in for the fonts of official papers where they are not installed, the likest first. For the Chinese ones
#: then any of those above: a face of another kind is read all the same.
STAND_INS = {
    "仿宋_GB2312": ("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang", "Noto Serif CJK SC", "AR PL UMing CN"),
    "楷体_GB2312": ("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "FandolHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "STZhongsong", "FandolSong", "Noto Serif CJK SC", "AR PL UMing CN"),
    "宋体": ("SimSun", "STSong", "FandolSong", "Noto Serif CJK SC", "AR PL UMing CN"),
    LATIN: ("Liberation Serif", "Nimbus Roman", "Noto Serif"),
}
#: Drawn bold where another stands in: the letter of titles is a heavy one, which no text face is.
HEAVY = ("方正小标宋简体",)
SYSTEM_CONFIGURATION = "/etc/fonts/fonts.conf"


@cache
def chinese_families() -> tuple[str, ...]:
    """The families that hold Simplified Chinese, by name; none where fontconfig is not installed."""
    return _families(":lang=zh-cn")


@cache
def stand_ins() -> dict[str, str | None]:
    """The family that draws each font of official papers in a PDF made here: itself, else what stands in for it.

    None where nothing here does, and LibreOffice would choose.
    """
    here = set(_families(":"))
    return {name: next((one for one in (name, *_offered(name)) if one in here), None) for name in STAND_INS}


def _offered(name: str) -> tuple[str, ...]:
    return STAND_INS[name] if name == LATIN else (*STAND_INS[name], *PREFERRED)


def _families(pattern: str) -> tuple[str, ...]:
    found = shutil.which("fc-list")
    if found is None:
        return ()
    listed = subprocess.run([found, pattern, "family"], capture_output=True, text=True, timeout=60, check=False)
    return tuple(sorted({name.strip() for line in listed.stdout.splitlines() for name in line.split(",")} - {""}))


@cache
def picture_font() -> str | None:
    """The family in which pictures are lettered; none where no font here draws Chinese."""
    here = chinese_families()
    ordered = [*(name for name in PREFERRED if name in here), *(name for name in here if name not in PREFERRED)]
    return next((name for name in ordered[:4] if draws_chinese(name)), None)


def draws_chinese(family: str) -> bool:
    """Whether a picture in this family shows Chinese: two characters are drawn, and not as the same box."""
    from dagster_project.reports.pictures import lettered

    one, other, nothing = (lettered(text, family) for text in ("践", "诺", " "))
    return len({one, other, nothing}) == 3


def configuration() -> str:
    """A fontconfig file that maps the fonts of official papers to what stands in for them here."""
    aliases = "".join(
        f'<alias binding="same"><family>{escape(name)}</family><prefer>'
        + "".join(f"<family>{escape(other)}</family>" for other in _offered(name))
        + "</prefer></alias>"
        for name in STAND_INS
    )
    heavy = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit></match>'
        for name in HEAVY
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{SYSTEM_CONFIGURATION}</include>{heavy}{aliases}</fontconfig>'
    )
