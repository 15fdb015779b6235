"""Rules for text settings beyond "text": each gives the rest of the sentence "X is “…”, but …", or None."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?")
_MAIL = re.compile(r"[^@\s,<>]+@[^@\s,<>]+")


def check_database_url(text: str) -> str | None:
    """A URL must be PostgreSQL's; anything without ``://`` is the name of a saved connection."""
    if "://" not in text:
        return None
    if text.split("://", 1)[0].lower() not in {"postgresql", "postgres"}:
        return "it must begin with postgresql://, or be the name of a saved connection"
    return None


def url_has_password(text: str) -> bool:
    """Whether a URL carries a password, in front of the host or as a parameter."""
    if "://" not in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.password is not None or bool(re.search(r"(^|&)password=", parts.query))
    except ValueError:
        # Not parseable: rather think it does than show it.
        return True


def check_web_address(text: str) -> str | None:
    """An http or https address with a host."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return "it is not a web address"
    if parts.scheme not in {"http", "https"} or not host:
        return "it must begin with https:// or http:// and name a host"
    return None


def check_host(text: str) -> str | None:
    """A host name or an IP address."""
    if _is_ip(text) or _HOST.fullmatch(text):
        return None
    return "it must be a host name or an IP address"


def check_loopback_or_host(text: str) -> str | None:
    """An IP address to listen on."""
    return None if text == "localhost" or _is_ip(text) else "it must be an IP address, such as 127.0.0.1"


def check_email(text: str) -> str | None:
    """One address, or several with commas."""
    if all(_MAIL.fullmatch(part.strip()) for part in text.split(",")):
        return None
    return "it must be an e-mail address, or several with commas between them"


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
