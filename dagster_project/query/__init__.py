"""Read-only SQL on the published database, each query in a process of its own.

    answer = ask(paths.published_db, "select * from alert", limit=1000)

DuckDB is no sandbox: a single row can take all memory, and some work is never interrupted. What bounds a query is the
process it runs in (`worker`), which is ended when its time is over.
"""

from dagster_project.query.client import Answer, Column, QueryError, ask

__all__ = ["Answer", "Column", "QueryError", "ask"]
