"""What intake says of files and folders, in English: the marts and the landing keep the Chinese (interface.md).

A reason stands in `marts.delivery`, which may not depend on the language of whoever ran; so it is translated where it
is shown. `{}` stands for what a sentence is about: a name, a number.
"""

from __future__ import annotations

import re

_ENGLISH = (
    (
        "JSON 数组超过 {} MiB；请改为每行一个对象（.jsonl）",
        "the JSON array exceeds {} MiB; send one object a line (.jsonl)",
    ),
    (
        "JSON 读不出：第 {} 行有语法错误；请检查后重报",
        "the JSON cannot be read: line {} breaks its syntax; mend it and send it again",
    ),
    (
        "JSON 里第 {} 条不是对象（{…}）",
        "entry {} of the JSON is no object ({…})",
    ),
    (
        "JSON 里第 {} 条有重复的键",
        "entry {} of the JSON has a key twice",
    ),
    (
        "JSON 里第 {} 条嵌套太深；请改为平的对象",
        "entry {} of the JSON is nested too deeply; send flat objects",
    ),
    (
        "Parquet 文件打不开：不完整或已损坏",
        "the Parquet file cannot be opened: incomplete or damaged",
    ),
    (
        "Parquet 文件解压后太大；请拆分后报送",
        "the Parquet file is too large when unpacked; split it",
    ),
    (
        "Parquet 的列“{}”不是平的列，读不出",
        "column “{}” of the Parquet file is not flat and cannot be read",
    ),
    (
        "“{}”不是日期（如 2024-04-02），文件夹没有读取",
        "“{}” is no date (as 2024-04-02); the folder was not read",
    ),
    (
        "不接受“{}”这种文件；请报送 .xlsx、.xls、.csv、.json 或 .parquet",
        "files of the kind “{}” are not accepted; send .xlsx, .xls, .csv, .json or .parquet",
    ),
    (
        "不是普通文件，没有读取",
        "no ordinary file; not read",
    ),
    (
        "压缩包里没有 Excel 工作簿；请另存为 .xlsx",
        "there is no Excel workbook in the archive; save it as .xlsx",
    ),
    (
        "工作簿内部有重名的部分，内容不可信；请重新另存为 .xlsx",
        "parts of the workbook bear one name, so its content cannot be trusted; save it as .xlsx again",
    ),
    (
        "工作簿打不开：不是 Excel 文件、已加密或已损坏；请另存为 .xlsx",
        "the workbook cannot be opened: no Excel file, encrypted or damaged; save it as .xlsx",
    ),
    (
        "工作簿打不开：文件不完整或已损坏",
        "the workbook cannot be opened: incomplete or damaged",
    ),
    (
        "工作簿解压后超过 {} MiB；请拆分后报送",
        "the workbook exceeds {} MiB when unpacked; split it",
    ),
    (
        "工作簿读不出：内容已损坏；请另存为 .xlsx",
        "the workbook cannot be read: its content is damaged; save it as .xlsx",
    ),
    (
        "工作簿读不完：太大、太复杂或已损坏；请另存为 .xlsx 或拆分后报送",
        "the workbook cannot be read to its end: too large, too complex or damaged; save it as .xlsx or split it",
    ),
    (
        "工作簿里没有工作表“{}”",
        "the workbook has no sheet “{}”",
    ),
    (
        "文件不在任何报送类别的日期文件夹里，没有读取",
        "the file lies in no feed's date folder and was not read",
    ),
    (
        "文件不在日期文件夹里，没有读取；请放进以收到日期命名的文件夹",
        "the file lies in no date folder and was not read; put it into a folder named after the day on which it came",
    ),
    (
        "文件不是规整的表格文本：有一个单元格过长，或引号没有关上",
        "the text is no table: a cell is too long, or a quote is never closed",
    ),
    (
        "文件夹太深，里面的文件没有读取",
        "the folder lies too deep; the files in it were not read",
    ),
    (
        "文件夹打不开，里面的文件没有读取；请检查它的权限",
        "the folder cannot be opened; the files in it were not read; check its permissions",
    ),
    (
        "文件打不开",
        "the file cannot be opened",
    ),
    (
        "文件打不开，或在读取时被改动；下次运行再读",
        "the file cannot be opened, or changed while it was read; the next run reads it",
    ),
    (
        "文件读不出：有一列的类型或值不能转换；请改为文字、数字或日期后重报",
        "the file cannot be read: the type or a value of a column cannot be converted; send texts, numbers or dates",
    ),
    (
        "文件超过 {} GiB；请拆分后报送",
        "the file exceeds {} GiB; split it",
    ),
    (
        "文件里没有内容",
        "the file has no content",
    ),
    (
        "文字编码认不出：不是 UTF-8、UTF-16 或 GB18030；请另存为 UTF-8 或 .xlsx",
        "the encoding is none of UTF-8, UTF-16 and GB18030; save it as UTF-8 or .xlsx",
    ),
    (
        "暂不读取 Word 文件（.docx）；请把内容录入表格后报送",
        "Word files (.docx) are not read yet; enter the content in a table",
    ),
    (
        "有一个引号没有关上，后面的内容分不清；请改正后重报",
        "a quote is never closed, so what follows cannot be told apart; mend it and send it again",
    ),
    (
        "没有“{}”这一类报送，文件夹没有读取",
        "there is no feed “{}”; the folder was not read",
    ),
    (
        "没有找到表头：Parquet 的列名里缺少必填列",
        "no header found: required columns are missing in the Parquet file",
    ),
    (
        "没有找到表头：前 20 行里没有一行含有全部必填列",
        "no header found: none of the first 20 rows holds all required columns",
    ),
    (
        "没有找到表头：对象的键里缺少必填列",
        "no header found: required columns are missing among the objects' keys",
    ),
    (
        "表头里有两列都是“{}”：{}、{}",
        "two cells of the header mean “{}”: {}, {}",
    ),
    (
        "这是 Word 文件，目前不读取；请把内容录入表格后报送",
        "this is a Word file, which is not read yet; enter the content in a table",
    ),
    (
        "这是网页格式（HTML），不是工作簿；请用 Excel 打开后另存为 .xlsx",
        "this is a web page (HTML), no workbook; open it with Excel and save it as .xlsx",
    ),
)


def _sentence(chinese: str) -> re.Pattern[str]:
    return re.compile("(.+)".join(map(re.escape, chinese.split("{}"))), re.DOTALL)


_SENTENCES = [(_sentence(chinese), english) for chinese, english in _ENGLISH]


def in_english(message: str) -> str:
    """A reason for which intake rejected a file, or what it says of a misplaced one, in English; any other as it is."""
    for sentence, english in _SENTENCES:
        if found := sentence.fullmatch(message):
            parts = english.split("{}")
            return "".join(part + value for part, value in zip(parts, (*found.groups(), ""), strict=True))
    return message
