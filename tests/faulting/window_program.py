"""The real window, driven from inside: it imports one workbook, or goes on with what an earlier one left, and ends."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from app.composition import App, build
from app.context.run_context import RunContext, make_context
from app.job_specs import import_job
from app.presenters.database import ReachedTarget
from tests.faulting.truth import open_jobs
from workers.core.model.options import ImportOptions, Mode

_LOOK_MS = 200


class Driver(QObject):
    """Submits as soon as the database answers, tells outcomes on stdout, and closes the window when all is done."""

    def __init__(self, app: App, context: RunContext, wish: dict[str, Any]) -> None:
        super().__init__(app)
        self._app, self._context, self._wish = app, context, wish
        self._submitted = False
        self._quiet = 0
        self._to_come = len(wish.get("tables", ()))
        app.bridge.imports_ended.connect(self._tell)
        app.database.reached.connect(self._on_reached)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot(object)
    def _on_reached(self, reached: ReachedTarget) -> None:
        if self._submitted:
            return
        self._submitted = True
        for table in self._wish.get("tables", ()):
            options = replace(ImportOptions(table=table), mode=Mode(self._wish["mode"]))
            self._app.queue.submit(import_job(self._context, self._wish["book"], options, reached.target))

    @Slot(tuple)
    def _tell(self, ended: tuple[tuple[str, Any], ...]) -> None:
        for _, outcome in ended:
            self._to_come -= 1
            print(json.dumps(outcome.to_json(), default=str), flush=True)

    @Slot()
    def _look(self) -> None:
        told = self._submitted and self._to_come <= 0
        idle = told and not self._app.queue.unfinished and not open_jobs(self._context.home)
        self._quiet = self._quiet + 1 if idle else 0
        if self._quiet >= 3:
            self._timer.stop()
            self._app.window.close()


def main() -> int:
    """Run the window until its work is done."""
    context = make_context(os.environ, "window", {})
    app = build(context)
    Driver(app, context, json.loads(sys.argv[1]))
    app.start(())
    return app.run()


if __name__ == "__main__":
    sys.exit(main())
