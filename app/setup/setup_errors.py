"""What an installer's output means for the person in front of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OFFLINE = re.compile(
    r"failed to establish a new connection|temporary failure in name resolution|name or service not known|"
    r"getaddrinfo failed|nodename nor servname|network is unreachable|connection (refused|timed out|aborted)|"
    r"newconnectionerror|nameresolutionerror|connecttimeout|read timed out|max retries exceeded|"
    r"dns error|error sending request|tcp connect error|proxyerror|cannot connect to proxy",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(r"certificate verify failed|invalid peer certificate|self.signed certificate", re.IGNORECASE)
_DISK_FULL = re.compile(r"no space left on device|not enough space on the disk|disk quota exceeded", re.IGNORECASE)
_NO_RIGHT = re.compile(r"permission denied|access is denied|read-only file system", re.IGNORECASE)
_NO_WHEEL = re.compile(
    r"no matching distribution|could not find a version that satisfies|conflicting dependencies|no solution found",
    re.IGNORECASE,
)
_NO_COMPILER = re.compile(
    r"failed (building wheel|to build)|microsoft visual c\+\+|command 'gcc' failed", re.IGNORECASE
)

_OTHER_FILE = re.compile(r"do not match the hashes|hash mismatch|hashes are required", re.IGNORECASE)

_MEANINGS = (
    (
        _OTHER_FILE,
        "The package index gave another file than the one that was pinned, so it was not installed. Use the public "
        "index or an unchanged mirror of it, and call again.",
    ),
    (
        _DISK_FULL,
        "The disk is full; the program needs about 1.5 GB here. Make room and call again.",
    ),
    (
        _CERTIFICATE,
        "The package index's certificate is not trusted here, as behind some company proxies. Tell the installer the "
        "proxy's certificate (PIP_CERT or SSL_CERT_FILE) and call again.",
    ),
    (
        _OFFLINE,
        "The package index cannot be reached. Check the network, or the proxy (HTTPS_PROXY) where one is needed, "
        "and call again.",
    ),
    (
        _NO_RIGHT,
        "The environment's folder cannot be written to. Give yourself the right, or copy the checkout, and call again.",
    ),
    (
        _NO_WHEEL,
        "A dependency is not offered for this Python or this system. CPython 3.11 to 3.13 on 64-bit Linux, macOS and "
        "Windows are supported.",
    ),
    (
        _NO_COMPILER,
        "A dependency is not offered ready-made for this Python or this system. CPython 3.11 to 3.13 on 64-bit Linux, "
        "macOS and Windows are supported.",
    ),
)


def explain_installer(lines: Sequence[str]) -> str:
    """One sentence with the reason and the next step, from what pip, uv or venv printed."""
    output = "".join(lines)
    for pattern, meaning in _MEANINGS:
        if pattern.search(output):
            return f"Sheetferry could not set itself up. {meaning}"
    return "Sheetferry could not set itself up: the installer failed."


def last_lines(lines: Sequence[str], count: int = 3) -> str:
    """The installer's last words that say something, indented; errors rather than remarks."""
    spoken = [line.strip() for line in lines if line.strip()]
    errors = [line for line in spoken if line.lower().startswith(("error", "×", "caused by"))]
    return "\n".join(f"  {line}" for line in (errors or spoken)[-count:])
