"""Makes the Word templates that come with the program: `python -m dagster_project.reports.template`.

What is written here can be edited in Word afterwards; a copy under DATA/templates counts.
"""

from __future__ import annotations

from pathlib import Path

from dagster_project.reports.annual_template import annual
from dagster_project.reports.halfyear_template import halfyear
from dagster_project.reports.monthly_template import monthly, quarterly
from dagster_project.reports.office import SHIPPED


def main(folder: Path = SHIPPED) -> None:
    """Write the templates into `folder`."""
    folder.mkdir(exist_ok=True)
    for make in (monthly, quarterly, halfyear, annual):
        (folder / f"{make.__name__}.docx").write_bytes(make())


if __name__ == "__main__":
    main()
