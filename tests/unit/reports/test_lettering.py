"""Chinese labels of a picture are ink, in PNG as in SVG: neither nothing nor the boxes of glyphs that are missing."""

from __future__ import annotations

import re

import pytest
import vl_convert

from dagster_project.reports import fonts, pictures
from tests.unit.reports import marts

HAN = re.compile(r"[\u3400-\u9fff]")
#: Of no font: drawn as a box, or as nothing.
NO_GLYPH = "\ue000"


@pytest.fixture(scope="module")
def drawn(march) -> pictures.Picture | None:
    """A picture as papers hold it; none where no font here draws Chinese, and then papers hold none."""
    family = fonts.picture_font()
    if family is None:
        assert not any(fonts.draws_chinese(name) for name in fonts.chinese_families()[:4])
        return None
    return pictures.draw(march, march.place(marts.CITY), family, ["fulfilment_picture"])["fulfilment_picture"]


def ink(svg: str) -> bytes:
    return bytes(vl_convert.svg_to_png(svg, scale=pictures.SCALE))


def labels_as(svg: str, letter: str) -> str:
    """The picture with another letter for each Chinese one of its labels, all else in place."""
    labelled = re.sub(r">[^<>]+</text>", lambda match: HAN.sub(letter, match.group(0)), svg)
    assert labelled != svg
    return labelled


def test_the_labels_of_an_svg_are_drawn_and_not_as_boxes(drawn):
    if drawn is not None:
        shown = [ink(svg) for svg in (drawn.svg, labels_as(drawn.svg, NO_GLYPH), labels_as(drawn.svg, "　"))]
        assert len(set(shown)) == 3
        assert ink(labels_as(drawn.svg, "践")) != ink(labels_as(drawn.svg, "诺"))


def test_in_a_font_that_is_nowhere_all_labels_look_the_same(march):
    city = march.place(marts.CITY)
    svg = pictures.draw(march, city, "a family that is nowhere", ["fulfilment_picture"])["fulfilment_picture"].svg
    assert ink(labels_as(svg, "践")) == ink(labels_as(svg, "诺"))


def test_a_png_has_the_ink_of_its_svg(drawn):
    if drawn is not None:
        assert drawn.png == ink(drawn.svg)


def test_each_letter_of_a_label_has_ink_of_its_own(drawn):
    if drawn is not None:
        family = fonts.picture_font() or ""
        letters = "践诺覆盖率信访"
        assert len({pictures.lettered(letter, family) for letter in (*letters, NO_GLYPH, "　")}) == len(letters) + 2
