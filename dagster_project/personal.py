"""Numbers of persons that somebody has typed into a text: identity and bank cards, telephones, addresses of mail.

Found by their form, as an office writes them: in groups, with brackets, in full-width characters. Names have no form
and are not found. What is written in much the same form and tells nothing of a person stays: dates, years, ranges,
amounts, numbers of documents, standards and cases, credit codes with a letter in them.
"""

from __future__ import annotations

import re

MASK = "***"
# Full-width forms and the several dashes are read as the plain ones. Each is one character for one, so that a place in
# the folded text is the same place in the text.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= dict.fromkeys([0x3000, 0xA0], ord(" ")) | dict.fromkeys([*range(0x2010, 0x2016), 0x2212], ord("-"))

#: No part of a longer number, nor the decimals of one.
_ALONE = r"(?<!\d)(?<!\d\.)"
_GAP = "[ -]{0,2}"
_SPLIT = "[ -]{1,2}"
_AREA = r"(?:10|2\d|[3-9]\d\d)"
# A telephone of a place, without its area code; none begins with 0 or 1.
_LOCAL = r"[2-9]\d{2,3}[ -]?\d{4}(?:(?:-|转)\d{1,4}(?!\d))?(?!\d)"
_UNIT = "[元万亿千百人个件户家吨米公平亩项次份名例天条辆年号%㎡]|小时"

#: In the order in which they are looked for: what one has found is not looked at by the next.
_FORMS = [
    re.compile(form)
    for form in (
        # A long run of letters is looked through once, not from each of them on.
        r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        # An identity card, wherever it is split: six digits of a place, a birthday, four more.
        rf"(?<!\d)\d{{6}}{_GAP}(?:19|20)\d\d{_GAP}(?:0[1-9]|1[0-2]){_GAP}(?:0[1-9]|[12]\d|3[01]){_GAP}\d{{3}}[\dXx](?!\d)",
        # One of the old ones: a year of two digits, and three more. Unsplit it is any number of 15 digits, see below.
        r"(?<!\d)\d{6}([ -])\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\1\d{3}(?!\d)",
        # A card of either kind in one piece. Beside a letter it may be a part of a credit code or a file's number.
        r"(?<![\dA-Za-z])(?:\d{15,19}|\d{17}[Xx])(?![\dA-Za-z])",
        # A bank card in groups of four or after its first six. None begins with 1 or 2, as a row of years does.
        rf"(?<!\d)[3-9]\d{{3}}(?:{_SPLIT}\d{{4}}){{2}}{_SPLIT}\d{{3,4}}(?:{_SPLIT}\d{{1,4}})?(?!\d)",
        rf"(?<!\d)[3-9]\d{{5}}{_SPLIT}\d{{9,13}}(?!\d)",
        # A mobile telephone. In unusual groups only where they are split alike: `1500-2000 300` is a range and a count.
        r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)",
        r"(?<!\d)1[3-9]\d(?:\d([ -])(?:\d{4}\1\d{3}|\d{3}\1\d{4})|([ -])\d{3}\2\d{5})(?!\d)",
        # A telephone with its area code, as 010, 0451, (0451), +86 451.
        rf"{_ALONE}(?:[(\[〔【]0{_AREA}[)\]〕】]|(?:0|\+86[ -]?){_AREA}){_GAP}{_LOCAL}",
        # 400 and 800 lines; but 4000000000元 is an amount.
        rf"{_ALONE}[48]00([ -]?)(?:\d{{3}}\1\d{{4}}|\d{{4}}\1\d{{3}})(?!\d|\.\d| ?(?:{_UNIT}))",
        r"(?<!\d)[48]00[ -]\d{7}(?!\d)",
        # A telephone without its area code, split by a hyphen. Not where it begins or ends as a year does (2024-0315,
        # 4754-2017), follows a letter (a standard, a file), is a range of round numbers or a number of something.
        rf"(?<![\dA-Za-z.-])(?<![A-Za-z] )(?!19|20)(?!\d+0-\d+0(?!\d))[2-9]\d{{2,3}}-(?!19|20)\d{{4}}"
        rf"(?!\d|-\d|\.\d| ?(?:{_UNIT}))",
    )
]
# Where the text says that it is a telephone, its number need have no form of its own.
_SAID = re.compile(
    rf"(?:电话|手机|座机|固话|热线|传真|拨打|致电|联系方式|[Tt][Ee][Ll])[^\d]{{0,4}}"
    rf"(?P<numbers>{_LOCAL}(?! ?[年月])(?:[、,/; 或和及]{{1,2}}{_LOCAL}(?! ?[年月]))*)"
)


def masked(text: str) -> str:
    """The text with `MASK` in place of each number of a person that is found in it; all else as it was."""
    folded, spans = text.translate(_FOLD), []
    for form in (*_FORMS, _SAID):
        for found in list(form.finditer(folded)):
            start, end = found.span("numbers" if form is _SAID else 0)
            spans.append((start, end))
            folded = folded[:start] + "\0" * (end - start) + folded[end:]
    parts, at = [], 0
    for start, end in sorted(spans):
        parts += [text[at:start], MASK]
        at = end
    return "".join([*parts, text[at:]])
