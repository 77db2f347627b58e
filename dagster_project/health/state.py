"""DATA as runs leave it: permissions, the lock, what is published, what killed runs left behind."""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster_project import audit, publish
from dagster_project.build import build_folder, failed_folder
from dagster_project.health.finding import Finding, broken, fine, shown_size, size_of, warning
from dagster_project.paths import DataPaths


def findings(paths: DataPaths) -> Iterator[Finding]:
    """What there is to say of what the program itself made in DATA."""
    yield from _permissions(paths)
    yield _audit(paths)
    holder = lock_holder(paths.lock)
    yield _lock(holder)
    yield from _published(paths)
    if holder is None:
        # While a run works, what it builds is no leftover.
        yield from _leftovers(paths)


def _permissions(paths: DataPaths) -> Iterator[Finding]:
    # interface.md: these hold personal data.
    private = (
        (paths.warehouse, 0o600),
        (paths.landing, 0o700),
        (build_folder(paths), 0o700),
        (failed_folder(paths), 0o700),
    )
    seen = [(path, most) for path, most in private if path.exists()]
    wrong = [(path, most) for path, most in seen if stat.S_IMODE(path.stat().st_mode) & ~most]
    for path, most in wrong:
        mode = stat.S_IMODE(path.stat().st_mode)
        yield broken(
            "permissions",
            (
                f"{path.name} 的权限是 {mode:04o}，别人能读到其中的个人信息",
                f"{path.name} is {mode:04o}: others can read personal data in it",
            ),
            (f"chmod {most:o} {path}", f"chmod {most:o} {path}"),
        )
    closed = [path for path, _ in seen if not os.access(path, os.R_OK | os.W_OK)]
    for path in closed:
        yield broken(
            "permissions",
            (
                f"无权读写 {path.name}，它属于别的账户",
                f"no right to read and write {path.name}: another account owns it",
            ),
            ("用当初运行的账户再运行", "run as the account that made it"),
        )
    if seen and not wrong and not closed:
        yield fine("permissions", "含个人信息的文件只有所有者能读", "what holds personal data is its owner's alone")


def _audit(paths: DataPaths) -> Finding:
    log = paths.audit
    if log.is_file() and stat.S_IMODE(log.stat().st_mode) & ~audit.MODE:
        return broken(
            "audit",
            (f"别人能读到谁查询了什么：{log}", f"others can read who looked up what: {log}"),
            (f"chmod {audit.MODE:o} {log}", f"chmod {audit.MODE:o} {log}"),
        )
    if not audit.is_writable(paths):
        return warning(
            "audit",
            (f"查询不会留痕：写不了 {log}", f"look-ups leave no trace: {log} cannot be written"),
            (
                "用数据目录所有者的账户查询，或让其准许写入",
                "look things up as the account that owns DATA, or ask it for the right to write",
            ),
        )
    return fine("audit", f"查询留痕在 {log}", f"look-ups are kept in {log}")


def lock_holder(lock: Path) -> dict[str, Any] | None:
    """What the run that holds the lock says of itself, as far as it does; none where nobody holds it."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # Shared, and given back at once: it is only asked.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        try:
            note = json.loads(os.pread(descriptor, 4096, 0))
        except ValueError:
            note = None
        return note if isinstance(note, dict) else {}
    finally:
        os.close(descriptor)
    return None


def _lock(holder: dict[str, Any] | None) -> Finding:
    if holder is None:
        return fine("lock", "没有正在进行的运行", "no run is at work")
    pid, since = holder.get("pid", "?"), holder.get("since", "?")
    return fine("lock", f"正在运行：进程 {pid}，开始于 {since}", f"a run is at work: process {pid}, since {since}")


def _published(paths: DataPaths) -> Iterator[Finding]:
    manifest = publish.read_manifest(paths.marts)
    if manifest is not None:
        summary = manifest.get("summary") or {}
        yield fine(
            "published",
            f"已发布版本 {manifest['version']}，观测日 {summary.get('as_of', '?')}",
            f"published: version {manifest['version']}, as of {summary.get('as_of', '?')}",
        )
        yield _readable(paths)
    elif paths.published_db.is_symlink() or paths.published_db.exists():
        yield broken(
            "published",
            ("发布的文件不完整或被改动过", "the published files are not whole, or were changed"),
            ("再运行一次：jiannuo run --force", "run again: jiannuo run --force"),
        )
    else:
        yield fine("published", "还没有发布过数据", "nothing is published yet")


def _readable(paths: DataPaths) -> Finding:
    from dagster_project.query import QueryError, ask

    count = f"select count(*) as tables from duckdb_tables() where schema_name = '{publish.SCHEMA}'"
    try:
        tables = ask(paths.published_db, count, seconds=60).rows[0][0]
    except (QueryError, FileNotFoundError) as error:
        return broken(
            "published_readable",
            (f"发布的数据库打不开：{error}", f"the published database cannot be opened: {error}"),
            ("再运行一次：jiannuo run --force", "run again: jiannuo run --force"),
        )
    return fine("published_readable", f"发布的数据库有 {tables} 张表", f"the published database has {tables} tables")


def _leftovers(paths: DataPaths) -> Iterator[Finding]:
    versions = paths.marts / publish.VERSIONS
    left = [
        *(path for path in _inside(build_folder(paths))),
        *(path for path in _inside(versions) if not (path / publish.MANIFEST).is_file()),
        *paths.marts.glob(".*.link"),
        *paths.root.glob("*.duckdb.wal"),
        *paths.landing.rglob("*.tmp"),
    ]
    if left:
        size = shown_size(sum(size_of(path) for path in left))
        yield warning(
            "leftovers",
            (f"中断的运行留下 {len(left)} 项，共 {size}", f"a run that was cut off left {len(left)} things, {size}"),
            ("下一次运行会清理：jiannuo run", "the next run sweeps them: jiannuo run"),
        )
    failed = failed_folder(paths)
    if failed.is_dir():
        logs = sorted((paths.state / "logs").glob("*.log"))
        log = f"：{logs[-1]}" if logs else ""
        yield warning(
            "last_run",
            (
                f"最近一次运行没有发布，其数据库留在 {failed}",
                f"the last run published nothing; its databases are in {failed}",
            ),
            (f"看当时的提示或日志{log}", f"see what it said, or its log{log.replace('：', ': ')}"),
        )


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
