"""Mutated workbooks through the whole pool: each is answered by a load or a sentence, and nothing but a worker dies.

The mutations come from a seed, so that a finding can be made again: ``SHEETFERRY_FUZZ_FILES`` and
``SHEETFERRY_FUZZ_SEED`` choose how many and which.
"""

from __future__ import annotations

import io
import os
import random
import re
import struct
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.benchmarks.import_pool import ImportPool, import_pool, make_workbook
from workers.core.jobs.snapshots import JobState
from workers.core.jobs.spec import JobLimits, PoolPolicy
from workers.core.model.outcomes import ImportState

NAME = "fuzz"

_FILES = 300
_SEED = 20
_LIMITS = JobLimits(30.0, 36.0, 20.0)
_GOOD_KINDS = {ImportState.LOADED, ImportState.FAILED}


def run() -> dict[str, Any]:
    """Import the mutated files over 2 workers beside a good workbook."""
    count = int(os.environ.get("SHEETFERRY_FUZZ_FILES", str(_FILES)))
    chance = random.Random(int(os.environ.get("SHEETFERRY_FUZZ_SEED", str(_SEED))))
    with import_pool(size=2, policy=PoolPolicy()) as bench:
        folder = bench.home / "fuzz"
        folder.mkdir()
        files = [_mutated(folder, number, chance) for number in range(count)]
        began = time.monotonic()
        jobs = {bench.submit(path, f"t_{n}", limits=_LIMITS): path for n, path in enumerate(files)}
        witness = bench.submit(make_workbook(bench.home / "witness.xlsx", 2000), "witness")
        bench.wait(lambda: all(job in bench.ends for job in (*jobs, witness)), 900)
        seconds = time.monotonic() - began
        health = {h.name: h.ok for h in bench.executors.health()}
        findings = [finding for job, path in jobs.items() for finding in _findings(bench, job, path)]
        kinds = Counter(_kind(bench, job) for job in jobs)
        slowest = max((_seconds(bench, job), path.name) for job, path in jobs.items())
        good = bench.ends[witness][-1].state is JobState.DONE
    return {
        "files": count,
        "seconds": round(seconds, 1),
        "answers": dict(kinds.most_common()),
        "findings": len(findings),
        "findings_first": findings[:10],
        "witness_loaded": good,
        "executors_well": all(health.values()),
        "slowest": [round(slowest[0], 2), slowest[1]],
    }


def _findings(bench: ImportPool, job_id: str, path: Path) -> list[str]:
    """What is wrong about an answer: none, a defect of ours, a sentence nobody can act on."""
    job, outcomes = bench.ends[job_id][-1], bench.outcomes.get(job_id, [])
    found = [] if outcomes else [f"{path.name}: no answer, {job.state.value}"]
    for outcome in outcomes:
        if outcome.state not in _GOOD_KINDS:
            found.append(f"{path.name}: {outcome.state.value}")
        elif outcome.state is ImportState.FAILED and (outcome.error is None or not outcome.error.message.strip()):
            found.append(f"{path.name}: failed without a word")
        elif outcome.error is not None and outcome.error.kind in ("bug", "worker-died", "timed-out", "failed"):
            found.append(
                f"{path.name}: {outcome.error.kind}, {outcome.error.message} {outcome.error.detail or ''}"[-600:]
            )
    return found


def _kind(bench: ImportPool, job_id: str) -> str:
    outcomes = bench.outcomes.get(job_id, [])
    bad = next((o.error.kind for o in outcomes if o.error is not None), "")
    return bad or (outcomes[0].state.value if outcomes else "nothing")


def _seconds(bench: ImportPool, job_id: str) -> float:
    job = bench.ends[job_id][-1]
    return (job.ended or 0.0) - (job.started or job.ended or 0.0)


def _mutated(folder: Path, number: int, chance: random.Random) -> Path:
    suffix, content = chance.choice(_SOURCES)(chance)
    if suffix in (".xlsx", ".ods") and chance.random() < 0.8:
        content = _mutate_part(content, chance)
    else:
        content = _mutate_bytes(content, chance)
    path = folder / f"{number:04d}{suffix}"
    path.write_bytes(content)
    return path


def _mutate_part(content: bytes, chance: random.Random) -> bytes:
    """Change one member of a package and pack it again, so that the damage lies deeper than the zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            if name == chosen:
                if chance.random() < 0.1:
                    continue
                data = chance.choice((_mutate_bytes, _mutate_markup))(data, chance)
            new.writestr(name, data)
    return out.getvalue()


def _mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(data)) if data else 0
        deed = chance.randrange(5)
        if deed == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif deed == 1:
            del data[at : at + chance.choice((1, 4, 100))]
        elif deed == 2:
            data[at:at] = data[at : at + chance.choice((1, 16, 300))]
        elif deed == 3:
            data[at : at + 4] = struct.pack("<I", chance.choice((0, 0x7FFFFFFF, 0xFFFFFFFF, 65535)))
        elif chance.random() < 0.3:
            del data[at:]
    return bytes(data)


def _mutate_markup(content: bytes, chance: random.Random) -> bytes:
    """Changes that leave well-formed XML as often as not: other numbers, other words, elements twice or not at all."""
    data = content
    for _ in range(chance.choice((1, 2, 5))):
        pattern, replacement = chance.choice(
            (
                (rb'"\d+"', b'"%s"' % chance.choice((b"-1", b"0", b"99999999999", b"1e400", b"NaN", b"x", b""))),
                (
                    rb">\d[\d.]*<",
                    b">%s<" % chance.choice((b"1e999", b"-99999999", b"99999999999999999999", b"", b"\xff")),
                ),
                (rb"<(\w[\w:]*)([^<>]*)/>", rb"<\1\2></\1><\1\2/>"),
                (rb't="\w+"', b't="%s"' % chance.choice((b"s", b"b", b"e", b"d", b"inlineStr", b"zzz"))),
                (rb'r="[A-Z]+\d+"', b'r="%s"' % chance.choice((b"XFE1", b"A0", b"ZZZZ9999999999", b"", b"1"))),
                (rb"</\w[\w:]*>", b""),
            )
        )
        places = list(re.finditer(pattern, data))
        if places:
            place = chance.choice(places)
            changed = re.sub(pattern, replacement, place.group(0), count=1)
            data = data[: place.start()] + changed + data[place.end() :]
    return data


# ---- what is mutated


def _xlsx(chance: random.Random) -> tuple[str, bytes]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name in ("Orders", "Notes")[: chance.randint(1, 2)]:
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "Report of the year", bold)
            sheet.write_row(2, 0, ["No", "Customer", "Day", "Amount", "Paid"], bold)
            for row in range(3, 3 + chance.choice((5, 60))):
                sheet.write_row(row, 0, [row, f"customer {row % 7}"])
                sheet.write_number(row, 2, 45000 + row, day)
                sheet.write_formula(row, 3, f"=A{row + 1}*1.5", None, row * 1.5)
                sheet.write_boolean(row, 4, row % 2 == 0)
            sheet.merge_range(40, 0, 40, 2, "merged")
            sheet.set_row(5, None, None, {"hidden": True})
            if chance.random() < 0.5:
                sheet.add_table(60, 0, 66, 2, {"name": f"T{name}"})
        book.define_name("Block", "=Orders!$A$3:$C$9")
    return ".xlsx", out.getvalue()


def _ods(chance: random.Random) -> tuple[str, bytes]:
    cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    head = "".join(cell.format("string", "", word) for word in ("No", "Name", "Day"))
    rows = "".join(
        "<table:table-row>"
        + cell.format("float", f'office:value="{n}"', n)
        + cell.format("string", 'table:number-columns-spanned="1"', f"name {n}")
        + cell.format("date", f'office:date-value="2024-01-{n % 28 + 1:02d}"', "d")
        + '<table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        for n in range(chance.choice((4, 50)))
    )
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S"><table:table-row>{head}</table:table-row>{rows}'
        '<table:table-row table:number-rows-repeated="9"><table:table-cell/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return ".ods", out.getvalue()


def _biff2(chance: random.Random) -> tuple[str, bytes]:
    """A worksheet of Excel 2: records without a container ([MS-XLS] and the older layouts of the same records)."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    out = record(0x0009, struct.pack("<HH", 2, 0x10))
    for row in range(chance.choice((5, 80))):
        text = f"text {row}".encode()
        out += record(0x0002, struct.pack("<HH3sH", row, 0, b"\0\0\0", row))
        out += record(0x0003, struct.pack("<HH3sd", row, 1, b"\0\0\0", row * 1.5))
        out += record(0x0004, struct.pack("<HH3sB", row, 2, b"\0\0\0", len(text)) + text)
    return ".xls", out + record(0x000A, b"")


def _csv(chance: random.Random) -> tuple[str, bytes]:
    separator = chance.choice(",;\t|")
    lines = [separator.join(("No", "Name", '"quoted"'))]
    lines += [separator.join((str(n), f"näme {n}", f'"a{separator}""b"" {n}"')) for n in range(50)]
    return ".csv", "\r\n".join(lines).encode(chance.choice(("utf-8", "utf-16", "cp1252", "utf-8-sig")))


def _html(chance: random.Random) -> tuple[str, bytes]:
    rows = "".join(f"<tr><td>{n}</td><td rowspan=1>name &amp; {n}</td></tr>" for n in range(chance.choice((3, 40))))
    return ".xls", f"<html><body><table><tr><th>No<th>Name</tr>{rows}</table></body></html>".encode()


def _xml(chance: random.Random) -> tuple[str, bytes]:
    rows = "".join(
        f'<Row><Cell><Data ss:Type="Number">{n}</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="String">t</Data></Cell></Row>'
        for n in range(chance.choice((3, 40)))
    )
    spreadsheet = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        ".xml",
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{spreadsheet}"'
        f' xmlns:ss="{spreadsheet}"><Worksheet ss:Name="S"><Table>{rows}</Table></Worksheet></Workbook>'.encode(),
    )


_SOURCES: tuple[Callable[[random.Random], tuple[str, bytes]], ...] = (
    _xlsx,
    _xlsx,
    _xlsx,
    _ods,
    _biff2,
    _csv,
    _html,
    _xml,
)
