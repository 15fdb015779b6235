"""Grow the forest that reads layouts, and say what it finds on publishers that it has not seen.

    python -m tests.training.grow_forest CORPUS [FURTHER …] [--out FILE] [--folds 6]

CORPUS holds `files/` and `expectations/`, one JSON file a workbook: its `source` (the publisher), `sheets_labelled`,
and for each of its `tables` the header rows, the first and the last data row, the columns, and readings that are right
too. Further corpora are only learnt from. All stay outside of the project. Generated sheets are added, and sheets put
together from those of one publisher. The figure that is printed and kept is cross-validated by publisher. scikit-learn
is needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from tests.training.mixing import mixed
from tests.training.sheets import LabelledSheet, generate, without_table
from workers.core.layout.decode import DATA, HEADER, OUTSIDE
from workers.core.layout.detect import ruled_layout, without_declared
from workers.core.layout.evidence import NAMES
from workers.core.layout.learnt import without_rows
from workers.core.layout.lines import Line, sketch_of
from workers.core.layout.regions import regions
from workers.core.layout.roles import Span, figures_of, read_shares, ruled_role
from workers.core.model.cells import column_letter
from workers.core.model.plans import SheetFacts
from workers.importing.reading.opening import open_workbook

_TREES, _DEPTH, _LEAST_LEAF, _FIGURES = 40, 12, 2, 0.07
_MIXED, _GENERATED, _WITHOUT = 400, 500, 200
_WEIGHTS = {"corpus": 1.0, "further": 1.0, "mixed": 0.5, "generated": 0.4}
_DOUBTFUL = 0.3
"""Weight of a line that one accepted reading takes for something else than another."""


@dataclass(slots=True)
class Region:
    """One region of a labelled sheet, ready to learn from.

    Attributes:
        source: Its publisher; empty for generated sheets.
        sheet: Which sheet it belongs to.
        lines: Its lines.
        places: The places of the lines that tell something.
        figures: Their evidence.
        roles: What they are.
        ruled: What the fixed rules take them for.
        weights: How much each counts.
        tables: The labelled tables in it.
        facts: What the file says of the sheet.
    """

    source: str
    sheet: str
    lines: list[Line]
    places: list[int]
    figures: list[list[float]]
    roles: list[int]
    ruled: list[int]
    weights: list[float]
    tables: list[dict[str, Any]]
    facts: SheetFacts


def corpus_regions(corpus: Path) -> list[Region]:
    """Every region of every labelled sheet."""
    found: list[Region] = []
    folder = next(path for path in (corpus / "files", corpus / "workbooks") if path.is_dir())
    for path in sorted((corpus / "expectations").glob("*.json")):
        wanted = json.loads(path.read_text(encoding="utf-8"))
        wanted.setdefault("source", f"{corpus.name}/{wanted['file'].partition('__')[0]}")
        wanted.setdefault("sheets_labelled", [table["sheet"] for table in wanted["tables"]])
        workbook = open_workbook(folder / wanted["file"])
        text_file = wanted.get("sheets_in_file") == [""]
        for sheet in workbook.sheets:
            name = "" if text_file else sheet.name
            if name not in wanted["sheets_labelled"] or sheet.visibility != "visible":
                continue
            facts = workbook.facts(sheet)
            tables = [table for table in wanted["tables"] if table["sheet"] == name]
            rows = list(workbook.rows(sheet))
            found += _regions(rows, facts, wanted["source"], f"{wanted['file']}/{name}", tables)
        workbook.close()
    return found


def _regions(
    rows: Sequence[Any], facts: SheetFacts, source: str, sheet: str, tables: list[dict[str, Any]]
) -> Iterable[Region]:
    sketch = sketch_of(rows)
    blocks = ruled_layout(sketch, facts).blocks if sketch.lines else []
    for every in regions(without_declared(sketch.lines, facts)):
        columns = {column for line in every for column in line.cells}
        ruled = [block for block in blocks if columns.intersection(block.columns)]
        lines, _ = without_rows(every, ruled)
        if not lines:
            continue
        places, figures = figures_of(lines, facts.merged, facts.bold_rows)
        mine = [table for table in tables if _letters(lines) & {c["col"] for c in table["columns"]}]
        roles = [_role(lines[place], mine) for place in places]
        share = math.sqrt(len(places))
        weights = [(_DOUBTFUL if _doubtful(lines[place], mine) else 1.0) / share for place in places]
        said = [ruled_role(lines[place], ruled) for place in places]
        yield Region(source, sheet, lines, places, figures, roles, said, weights, mine, facts)


def _letters(lines: Sequence[Line]) -> set[str]:
    return {column_letter(column) for line in lines for column in line.cells}


def _role(line: Line, tables: Sequence[dict[str, Any]]) -> int:
    letters = _letters([line])
    for table in tables:
        if not letters & {c["col"] for c in table["columns"]}:
            continue
        if line.number in table["header_rows"]:
            return HEADER
        if table["first_data_row"] <= line.number <= table["last_data_row"]:
            return DATA
    return OUTSIDE


def _doubtful(line: Line, tables: Sequence[dict[str, Any]]) -> bool:
    readings = [[{**table, **other} for other in table.get("accept", [])] for table in tables]
    return any(
        _role(line, [table]) != _role(line, [other])
        for table, others in zip(tables, readings, strict=True)
        for other in others
    )


def generated_regions(sheets: Iterable[LabelledSheet]) -> list[Region]:
    """The regions of generated sheets."""
    found = []
    for sheet in sheets:
        facts = SheetFacts(merged=tuple(sheet.merged), bold_rows=frozenset(sheet.bold))
        for lines in regions(sketch_of(sheet.rows).lines):
            places, figures = figures_of(lines, facts.merged, facts.bold_rows)
            roles = [sheet.roles[lines[place].number] for place in places]
            weights = [1 / math.sqrt(len(places))] * len(places)
            found.append(Region("", sheet.kind, lines, places, figures, roles, roles, weights, [], facts))
    return found


def mixed_regions(known: Sequence[Region], seed: int, count: int) -> list[Region]:
    """Regions put together from shortened ones of the same publisher, with less of what only some formats tell."""
    rng = Random(seed)
    by_source: defaultdict[str, list[Region]] = defaultdict(list)
    for region in known:
        if len(region.lines) < 500:
            by_source[region.source].append(region)
    found: list[Region] = []
    while len(found) < count:
        source = rng.choice(sorted(by_source))
        chosen = [rng.choice(by_source[source]) for _ in range(rng.choice([1, 1, 2, 2, 3]))]
        sheet = mixed(rng, [(r.lines, _all_roles(r), r.facts) for r in chosen])
        if sheet is None:
            continue
        lines, roles, facts = sheet
        places, figures = figures_of(lines, facts.merged, facts.bold_rows)
        weights = [1 / math.sqrt(len(places))] * len(places)
        kept = [roles[place] for place in places]
        found.append(Region(source, "mixed", lines, places, figures, kept, kept, weights, [], facts))
    return found


def _all_roles(region: Region) -> list[int]:
    """The role of every line; one that was not looked at is what the one above it is."""
    known = dict(zip(region.places, region.roles, strict=True))
    roles: list[int] = []
    for place in range(len(region.lines)):
        roles.append(known.get(place, roles[-1] if roles else OUTSIDE))
    return roles


def grow(groups: Mapping[str, Sequence[Region]], seed: int = 0) -> Any:
    """A forest grown from regions, each group with its weight."""
    from sklearn.ensemble import RandomForestClassifier  # type: ignore[import-not-found]  # a tool of this script only

    figures = [line for regions_ in groups.values() for region in regions_ for line in region.figures]
    roles = [role for regions_ in groups.values() for region in regions_ for role in region.roles]
    weights = [_WEIGHTS[name] * w for name, regions_ in groups.items() for region in regions_ for w in region.weights]
    forest = RandomForestClassifier(
        _TREES,
        max_depth=_DEPTH,
        min_samples_leaf=_LEAST_LEAF,
        max_features=_FIGURES,
        class_weight="balanced_subsample",
        random_state=seed,
        n_jobs=2,
    )
    return forest.fit(np.array(figures), np.array(roles), sample_weight=np.array(weights))


def cross_validated(known: Sequence[Region], others: Mapping[str, Sequence[Region]], folds: int) -> str:
    """What is found on publishers that were not learnt from, in words."""
    fold = _folds(known, folds)
    right = tables = 0
    labelled = {region.sheet for region in known if region.tables}
    invented: set[str] = set()
    for number in range(folds):
        groups = {
            "corpus": [region for region in known if fold[region.source] != number],
            **{name: [r for r in regions_ if fold.get(r.source) != number] for name, regions_ in others.items()},
        }
        forest = grow(groups)
        for region in known:
            if fold[region.source] != number:
                continue
            shares = forest.predict_proba(np.array(region.figures)).tolist()
            spans = read_shares(region.lines, region.places, shares, region.ruled)
            tables += len(region.tables)
            right += sum(any(_fits(region, span, table) for span in spans) for table in region.tables)
            if spans and region.sheet not in labelled:
                invented.add(region.sheet)
    empty = len({region.sheet for region in known} - labelled)
    found = f"{right} of {tables} tables with header and rows right"
    return f"{found}; tables on {len(invented)} of {empty} sheets without one"


def _folds(known: Sequence[Region], folds: int) -> dict[str, int]:
    """Publishers dealt out so that all folds are about alike in size."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for region in known:
        sizes[region.source] += 1
    loads = [0] * folds
    found = {}
    for source in sorted(sizes, key=lambda name: (-sizes[name], name)):
        found[source] = loads.index(min(loads))
        loads[found[source]] += sizes[source]
    return found


def _fits(region: Region, span: Span, table: dict[str, Any]) -> bool:
    rows = [line.number for line in region.lines]
    header = rows[span.top : span.body]
    for other in ({}, *table.get("accept", [])):
        reading = {**table, **other}
        wanted = [row for row in reading["header_rows"] if row in rows]
        if (wanted, reading["first_data_row"], reading["last_data_row"]) == (
            header,
            rows[span.body],
            rows[span.end - 1],
        ):
            return True
    return False


def fingerprint(corpus: Path) -> str:
    """SHA-256 over the names and contents of the corpus."""
    digest = hashlib.sha256()
    for path in sorted([*(corpus / "expectations").iterdir(), *(corpus / "files").iterdir()]):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def as_json(forest: Any, corpus: str, whole: str) -> dict[str, Any]:
    """The forest as plain data, in the format of `workers.core.layout.forest`."""
    trees = []
    for estimator in forest.estimators_:
        tree = estimator.tree_
        leaves = [int(left) < 0 for left in tree.children_left]
        trees.append(
            {
                "figures": [-1 if leaf else int(f) for leaf, f in zip(leaves, tree.feature, strict=True)],
                "limits": [0 if leaf else float(f"{x:.6g}") for leaf, x in zip(leaves, tree.threshold, strict=True)],
                "left": [max(int(place), 0) for place in tree.children_left],
                "right": [max(int(place), 0) for place in tree.children_right],
                "shares": [
                    [round(1000 * float(share) / float(sum(node[0]))) for share in node[0]] if leaf else []
                    for leaf, node in zip(leaves, tree.value, strict=True)
                ],
            }
        )
    return {"format": 1, "corpus": corpus, "whole": whole, "names": list(NAMES), "trees": trees}


def main() -> None:
    """Learn, examine, write."""
    parser = argparse.ArgumentParser(description="Grow the forest that reads layouts.")
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("resources/layout/lines.json"))
    parser.add_argument("--folds", type=int, default=6)
    arguments = parser.parse_args()
    first, *further = arguments.corpus
    known = corpus_regions(first)
    others = {
        "further": [region for corpus in further for region in corpus_regions(corpus)],
        "mixed": mixed_regions(known, 1, _MIXED),
        "generated": generated_regions([*generate(1, _GENERATED), *without_table(7, _WITHOUT)]),
    }
    whole = cross_validated(known, others, arguments.folds)
    print(whole)
    forest = grow({"corpus": known, **others})
    text = json.dumps(as_json(forest, fingerprint(first), whole), separators=(",", ":"))
    arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
