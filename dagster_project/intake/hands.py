"""Who does what while files are read: processes and threads, and how much may wait for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from dagster_project.intake.workbook_pool import SIZE, WorkbookPool

# Large files that are read at the same time: more than processors, for now and then one waits for the disk.
LARGE_AT_ONCE = 3
# Rows of small files that wait in memory to be typed.
MOST_WAITING_ROWS = 400_000


class Hands:
    """Who does what while files are read. Use it as a context manager.

    The pool's processes read workbooks, `waiters` wait for their answers, `workers` read large files, each on its own,
    and the one `typist` types the rows of small files in the order in which they were read.
    """

    def __init__(self) -> None:
        self.pool = WorkbookPool()
        self.waiters = ThreadPoolExecutor(SIZE)
        self.workers = ThreadPoolExecutor(LARGE_AT_ONCE)
        self.typist = ThreadPoolExecutor(1)
        # What the typist was given and may still hold: what is typed already leaves when room is needed.
        self.given: deque[tuple[int, Future[None]]] = deque()

    def have_typed(self, rows: int, work: Callable[[], None]) -> Future[None]:
        """Gives the typist so many rows more; first waits until there is room for them in memory."""
        while self.given and rows + sum(others for others, _ in self.given) > MOST_WAITING_ROWS:
            # What failed there must not pass for rows that landed.
            self.given.popleft()[1].result()
        typed = self.typist.submit(work)
        self.given.append((rows, typed))
        return typed

    def __enter__(self) -> Hands:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After a failure nothing that has not begun need begin.
        for threads in (self.typist, self.waiters, self.workers):
            threads.shutdown(wait=False, cancel_futures=error is not None)
        for threads in (self.waiters, self.workers, self.typist):
            threads.shutdown()
        self.pool.__exit__(kind, error, trace)
