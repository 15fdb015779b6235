"""What the window's frame is told about the world: small frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """The target database for the status bar.

    Attributes:
        state: ``connected``, ``starting``, ``connecting``, ``broken`` or ``off`` (nothing asked for yet).
        name: Short name, such as the database's.
        where: Where it is: ``on db-prod-2``, ``embedded PostgreSQL 18``.
        detail: ``49 of 100 connections``, or why it is not connected.
    """

    state: str
    name: str = ""
    where: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AlertStatus:
    """Active alerts for the status bar and the sidebar.

    Attributes:
        firing: How many fire now.
        critical: Whether one of them is critical.
        text: The first one in short, such as ``memory 91% of limit``.
    """

    firing: int = 0
    critical: bool = False
    text: str = ""
