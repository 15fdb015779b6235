"""``python3 -m tests.benchmarks [NAME…]``: prints one JSON object a benchmark, each on a line of its own.

A benchmark is a module of this folder with a ``NAME`` and a function ``run() -> dict``; what it prints besides goes to
stderr, so that stdout can be read by a program.
"""

import sys

from app.bootstrap import CHECKOUT, ensure


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the exit code is 1 if one raised and 2 for a name that there is not."""
    import contextlib
    import json
    import os
    import traceback

    from tests.benchmarks.discovery import discover

    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    benches = discover(CHECKOUT / "tests" / "benchmarks")
    unknown = [name for name in names if name not in benches]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(benches)}.", file=sys.stderr)
        return 2
    failed = False
    for name in names or benches:
        try:
            with contextlib.redirect_stdout(sys.stderr):
                result = benches[name]()
        except Exception:  # noqa: BLE001 - one failed bench does not take the others' figures away
            traceback.print_exc()
            failed = True
        else:
            print(json.dumps({"bench": name, **result}), flush=True)
    return int(failed)


if __name__ == "__main__":
    ensure(["dev"])
    sys.exit(main(sys.argv[1:]))
