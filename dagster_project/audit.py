"""Who looked up what, and when: one JSON object a line in `DATA/state/audit.jsonl`, its owner's only (0600).

Notice of Jiangsu, 二(三): security of gathering, sharing and use. A line holds the time (UTC), the account, the
command and what was asked, and nothing of what was answered. A look-up is never refused because its line cannot be
written: `jiannuo doctor` tells that.
"""

from __future__ import annotations

import json
import os
import pwd
from datetime import UTC, datetime
from typing import Any

from dagster_project.paths import DataPaths

MODE = 0o600


def note(paths: DataPaths, command: str, **asked: Any) -> bool:
    """Add a look-up to the log; whether its line is there.

    `asked` is what was asked, as JSON can hold it. Raises nothing that the file system may do.
    """
    entry = {"at": datetime.now(UTC).isoformat(), "user": _account(), "command": command, **asked}
    # What an argument holds that is no UTF-8 stays readable JSON: backslashreplace writes it as JSON would.
    line = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
    try:
        paths.state.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(paths.audit, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, MODE)
        try:
            # One write of an appending descriptor: lines of others stand before it or after it, never in it.
            return os.write(descriptor, line) == len(line)
        finally:
            os.close(descriptor)
    except OSError:
        return False


def is_writable(paths: DataPaths) -> bool:
    """Whether `note` could write now, as this account. Nothing is made by asking."""
    if paths.audit.exists():
        return paths.audit.is_file() and os.access(paths.audit, os.W_OK)
    folder = paths.state if paths.state.exists() else paths.root
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _account() -> str:
    # Not getpass: what the environment says of the account is whoever's word.
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
