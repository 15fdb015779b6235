"""Text of unknown origin made fit to be shown or kept: file names, cells, messages of servers.

On a terminal an escape sequence moves the cursor, recolours, renames the window or answers into the shell's input; a
line break in a name forges a line of a log; a direction mark (Unicode 6.1, UAX #9) lets a name read as another one.
Names of files that are not valid UTF-8 come from the system with half characters in them (PEP 383), which nothing can
write. All of them are shown as escapes, so that one sees them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# C0, DEL, C1; direction marks, embeddings and isolates; line and paragraph separators; what has no width and joins
# nothing; half characters; tags. The two joiners stay: Persian, Indic scripts and emoji are written with them.
_UNSEEN = (
    "\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_UNSEEN_SIGN = re.compile(f"[{_UNSEEN}]")
_HALF = re.compile("[\ud800-\udfff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_BYTE_SIGNS = range(0xDC80, 0xDD00)
"""What PEP 383 makes of the bytes 0x80 to 0xFF that are no text."""


def shown(text: str) -> str:
    """`text` on one line, with an escape (of ESC: backslash, x1b) for each sign that would not be seen as such."""
    return _UNSEEN_SIGN.sub(_escape, text)


def shown_lines(text: str) -> str:
    """`text` of several lines, every line as by `shown`; those after the first are indented, as no line of ours is."""
    return "\n  ".join(map(shown, text.splitlines()))


def kept(text: str) -> str:
    """`text` as files and databases can hold it: half characters as escapes, all else as it is."""
    return _HALF.sub(_escape, text)


def json_line(value: Mapping[str, Any]) -> str:
    """One object on one line of JSON that every terminal and every reader bears.

    Half characters are escaped as JSON escapes them, so that Python and JavaScript get the file's name back.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    # Outside of its strings the text has none of these signs.
    return _UNSEEN_SIGN.sub(lambda sign: json.dumps(sign[0])[1:-1], text)


def _escape(sign: re.Match[str]) -> str:
    code = ord(sign[0])
    if code in _BYTE_SIGNS:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return _SHORT.get(sign[0]) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
