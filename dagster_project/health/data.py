"""DATA as people fill it: where it lies, deliveries, policies, layouts, room on the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dagster_project.health.finding import Finding, broken, fine, shown_size, size_of, warning
from dagster_project.paths import DataPaths

SHOWN = 5
# A run keeps the last warehouse and version while it builds the next.
ROOM = 3
LEAST_ROOM = 500 * 1024**2
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs"}


def findings(paths: DataPaths) -> Iterator[Finding]:
    """What there is to say of DATA and of what people put there."""
    yield _folder(paths)
    if not paths.root.is_dir():
        return
    yield from _file_system(paths.root)
    yield _room(paths)
    yield from _deliveries(paths)
    yield _policies(paths)
    yield from _unread_policies(paths)
    yield _mappings(paths)


def _folder(paths: DataPaths) -> Finding:
    root = paths.root
    if not root.is_dir():
        return broken(
            "data",
            (f"数据目录不存在：{root}", f"no such folder: {root}"),
            ("用 --data 或 JIANNUO_DATA 指明数据目录", "name the folder by --data or JIANNUO_DATA"),
        )
    if not os.access(root, os.W_OK | os.X_OK):
        return broken(
            "data",
            (f"无权写入数据目录：{root}", f"no right to write in {root}"),
            ("换一个账户，或让其所有者授权", "use another account, or ask its owner"),
        )
    return fine("data", f"数据目录 {root}", f"DATA is {root}")


def _file_system(root: Path) -> Iterator[Finding]:
    kind = file_system(root)
    if kind in NETWORK:
        yield warning(
            "file_system",
            (
                f"数据目录在网络文件系统上（{kind}），文件锁可能不起作用",
                f"DATA lies on {kind}, where locks may not hold",
            ),
            ("把数据目录放在本机磁盘上", "put DATA on a disk of this machine"),
        )


def file_system(path: Path) -> str | None:
    """The kind of file system that holds `path`; none where the machine does not say."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    place = path.resolve()
    holding = [(mount[1], mount[2]) for mount in mounts if place.is_relative_to(mount[1].replace("\\040", " "))]
    # Of mounts over each other the last one counts.
    return max(enumerate(holding), key=lambda item: (len(item[1][0]), item[0]))[1][1] if holding else None


def _room(paths: DataPaths) -> Finding:
    free = free_bytes(paths.root)
    sizes = {name: size_of(getattr(paths, name)) for name in ("raw", "landing", "warehouse", "marts")}
    needed = max(LEAST_ROOM, ROOM * (sizes["warehouse"] + sizes["marts"]), sizes["raw"])
    listed = "，".join(f"{name} {shown_size(size)}" for name, size in sizes.items())
    found = (
        f"磁盘剩余 {shown_size(free)}（{listed}）",
        f"{shown_size(free)} free on the disk ({listed.replace('，', ', ')})",
    )
    mend = (
        f"腾出空间：一次运行大约需要 {shown_size(needed)}",
        f"make room: a run may need {shown_size(needed)}",
    )
    if free < LEAST_ROOM / 5:
        return broken("disk", found, mend)
    return fine("disk", *found) if free >= needed else warning("disk", found, mend)


def free_bytes(path: Path) -> int:
    """What is free on the disk that holds `path`."""
    return shutil.disk_usage(path).free


def _deliveries(paths: DataPaths) -> Iterator[Finding]:
    from dagster_project.intake.discovery import find_deliveries

    found, problems = find_deliveries(paths.root, date.max)
    if found:
        feeds = {item.feed for item in found}
        last = max(item.received_on for item in found)
        yield fine(
            "deliveries",
            f"{len(feeds)} 类报送共 {len(found)} 个文件，最近一次收到于 {last}",
            f"{len(found)} files of {len(feeds)} feeds, the last one received on {last}",
        )
    else:
        yield warning(
            "deliveries",
            (f"{paths.raw} 里还没有报送文件", f"there are no deliveries in {paths.raw}"),
            ("把文件放进 raw/<报送类别>/<收到日期>/", "put files into raw/<feed>/<received_on>/"),
        )
    closed = [item for item in found if not os.access(item.path, os.R_OK)]
    if closed:
        listed = "；".join(f"{item.feed}/{item.received_on}/{item.file}" for item in closed[:SHOWN])
        yield broken(
            "deliveries_readable",
            (f"{len(closed)} 个文件无权读取：{listed}", f"no right to read {len(closed)} files: {listed}"),
            ("改变这些文件的权限：chmod u+r", "change their permissions: chmod u+r"),
        )
    if problems:
        listed = "；".join(problem.path for problem in problems[:SHOWN])
        yield warning(
            "deliveries_misplaced",
            (f"{len(problems)} 处放错了地方，没有读取：{listed}", f"{len(problems)} misplaced, not read: {listed}"),
            ("移到 raw/<报送类别>/<收到日期>/ 之下", "move them to raw/<feed>/<received_on>/"),
        )


def _policies(paths: DataPaths) -> Finding:
    from dagster_project.policies import PolicyError, read_policies

    try:
        policies = read_policies(paths.root)
    except PolicyError as error:
        return broken(
            "policies",
            (error.text("zh"), error.text("en")),
            ("按所指的文件、行和键改正", "correct what is named by file, line and key"),
        )
    regions = [policy for policy in policies if not policy.policy.is_template]
    return fine("policies", f"{len(regions)} 个地区的办法", f"policies of {len(regions)} regions")


def _unread_policies(paths: DataPaths) -> Iterator[Finding]:
    from dagster_project.policies.load import PATTERN

    others = sorted(path.name for path in paths.policies.glob("*.yml"))
    if others:
        yield warning(
            "policies_unread",
            (f"办法文件没有读取：{'；'.join(others)}", f"policy files that are not read: {'; '.join(others)}"),
            (f"文件名须为 {PATTERN}", f"their names must be {PATTERN}"),
        )


def _mappings(paths: DataPaths) -> Finding:
    from dagster_project.intake.mappings import MappingError, load_mappings

    try:
        mappings = load_mappings(paths.root)
    except MappingError as error:
        return broken(
            "mappings",
            (f"版式文件有误：{error}", f"a layout is wrong: {error.english}"),
            ("按所指的文件、行和键改正", "correct what is named by file, line and key"),
        )
    return fine("mappings", f"{len(mappings)} 个报送版式文件", f"{len(mappings)} layouts of senders")
