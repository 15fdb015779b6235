"""What is written as JSON reads back as the same value, and secrets are not written."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.json_codec import CodecError, decode, encode
from workers.core.model.options import HeaderChoice, ImportOptions, Mode, PgType
from workers.core.model.outcome_json import outcome_from_json, outcome_to_json, request_from_json, request_to_json
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import SheetFacts
from workers.core.model.tasks import ImportRequest, Secret, Target


def through_text(value: object) -> object:
    return json.loads(json.dumps(value))


@given(st.from_type(ImportOutcome).filter(lambda outcome: outcome.seconds == outcome.seconds))
def test_every_outcome_comes_back(outcome: ImportOutcome) -> None:
    assert outcome_from_json(through_text(outcome_to_json(outcome))) == outcome


@given(st.from_type(SheetFacts))
def test_sets_and_ranges_come_back(facts: SheetFacts) -> None:
    assert decode(SheetFacts, through_text(encode(facts))) == facts


def test_a_request_comes_back_without_its_secrets() -> None:
    options = ImportOptions(
        mode=Mode.UPSERT,
        keys=("id",),
        header=HeaderChoice("rows", 2, 3),
        type_overrides=(("amount", PgType.NUMERIC),),
        timeout=300,
    )
    target = Target("db.example", 5432, "ann", "sales", Secret("s3cret"), (("sslmode", "require"),))
    request = ImportRequest(
        "3b8f4b1e-0000-4000-8000-000000000001", "a.xlsx", options, target, workbook_password=Secret("w0rd")
    )
    text = json.dumps(request_to_json(request))
    assert "s3cret" not in text
    assert "w0rd" not in text
    expected = dataclasses.replace(request, target=dataclasses.replace(target, password=None), workbook_password=None)
    assert request_from_json(json.loads(text)) == expected


def test_fields_of_other_versions_do_no_harm() -> None:
    outcome = ImportOutcome("id", "f", None, None, "create", ImportState.FAILED)
    written = outcome_to_json(outcome)
    written["invented_later"] = 1
    del written["attempts"]
    assert outcome_from_json(written) == outcome


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("state", "exploded"), ("rows_read", "many"), ("header_rows", 3), ("columns", [{"index": "A"}]), ("file", None)],
)
def test_what_does_not_fit_is_refused_with_its_place(field: str, wrong: object) -> None:
    written = outcome_to_json(ImportOutcome("id", "f", None, None, "create", ImportState.FAILED))
    written[field] = wrong
    with pytest.raises(CodecError, match=field):
        outcome_from_json(written)


def test_a_missing_required_field_is_refused() -> None:
    with pytest.raises(CodecError, match="ImportOutcome"):
        outcome_from_json({"file": "x"})


def test_values_that_json_cannot_hold_are_refused() -> None:
    with pytest.raises(CodecError):
        encode(object())
