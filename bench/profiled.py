"""`python -m bench.profiled OUT run --data … --json`: `jiannuo`, with the seconds of each model and test kept in OUT.

The summary of a run tells seconds by stage only; what each model took is heard here, on its way.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dagster_project import modelling
from dagster_project.cli.app import main


def listen(out: Path) -> None:
    """Have every build of the models write its outcomes to `out`: the slowest first."""
    build = modelling.build_models

    def and_tell(*arguments: Any, **named: Any) -> list[modelling.Outcome]:
        outcomes = build(*arguments, **named)
        slowest = sorted(outcomes, key=lambda outcome: -outcome.seconds)
        told = [{"node": outcome.unique_id, "seconds": round(outcome.seconds, 3)} for outcome in slowest]
        out.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
        return outcomes

    modelling.build_models = and_tell


if __name__ == "__main__":
    listen(Path(sys.argv.pop(1)))
    main()
