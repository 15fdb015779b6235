"""Outcomes and requests as JSON that reads back to the same value: for the ledger's receipt and the local queue."""

from __future__ import annotations

from typing import Any

from workers.core.model.json_codec import decode, encode
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import ImportRequest


def outcome_to_json(outcome: ImportOutcome) -> dict[str, Any]:
    """The whole outcome; unlike `ImportOutcome.to_json`, nothing is left out or rounded."""
    written: dict[str, Any] = encode(outcome)
    return written


def outcome_from_json(data: Any) -> ImportOutcome:
    """The outcome that `outcome_to_json` wrote.

    Raises:
        CodecError: when the data is something else.
    """
    return decode(ImportOutcome, data)


def request_to_json(request: ImportRequest) -> dict[str, Any]:
    """The request without its secrets: passwords come from the keyring, or are asked for, when it is taken up again."""
    written: dict[str, Any] = encode(request)
    return written


def request_from_json(data: Any) -> ImportRequest:
    """The request that `request_to_json` wrote.

    Raises:
        CodecError: when the data is something else.
    """
    return decode(ImportRequest, data)
