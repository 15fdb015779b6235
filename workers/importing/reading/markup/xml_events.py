"""XML of unknown origin, read in pieces: no document types, no entities, names without their namespaces.

Spreadsheet formats never need a document type declaration, and every attack by XML (entity bombs, outside entities)
does: so one is refused.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn, Protocol
from xml.parsers import expat

from workers.core.model.errors import SheetferryError, UserError

_SEPARATOR = " "


class XmlHandler(Protocol):
    """Receives what the parser sees. Names are local names; ``r:`` stays on relationship attributes."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Character data; long runs come in pieces."""


def refuse_document_type(*_: object) -> NoReturn:
    """Handler of a document type declaration."""
    raise UserError.of(
        "damaged",
        "The file holds an XML document type declaration, which no spreadsheet needs and attacks are made of.",
        "Open it in your spreadsheet program and save it again, if you trust its origin.",
    )


def refuse_declared_types(head: bytes) -> None:
    """Refuse a document type declaration in the first bytes of a part that another parser will read."""
    if b"<!DOCTYPE" in head[:4096] or b"<!ENTITY" in head[:4096]:
        refuse_document_type()


def make_parser(handler: XmlHandler, *, encoding: str | None = None) -> expat.XMLParserType:
    """A parser that feeds `handler`."""
    parser = expat.ParserCreate(encoding, _SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.EntityDeclHandler = refuse_document_type
    local, keys = _LocalNames(), _LocalNames(attributes=True)
    start, end = handler.start, handler.end

    def on_start(name: str, attributes: dict[str, str]) -> None:
        start(local[name], {keys[key]: value for key, value in attributes.items()} if attributes else attributes)

    def on_end(name: str) -> None:
        end(local[name])

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = handler.text
    return parser


class _LocalNames(dict[str, str]):
    """Remembers the local name of each expanded name, so that each is split only once."""

    def __init__(self, *, attributes: bool = False) -> None:
        super().__init__()
        self._attributes = attributes

    def __missing__(self, name: str) -> str:
        if len(self) > 10_000:
            self.clear()
        space, _, local = name.rpartition(_SEPARATOR)
        # Relationship attributes keep an r: so that r:id is not id.
        local = f"r:{local}" if self._attributes and space.endswith("/relationships") else local
        self[name] = local
        return local


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], what: str) -> Iterator[None]:
    """Parse the chunks one by one, yielding after each, so that the caller can hand on what was found.

    Raises:
        UserError: ``damaged`` with the line where the XML breaks.
    """
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise broken_xml(what, error) from error
    except (LookupError, ValueError) as error:
        # The parser asks for a codec of the declared name while it parses; a handler's own error is another matter.
        if type(error) is not LookupError and "multi-byte" not in str(error):
            raise
        raise UserError.of(
            "damaged",
            f"The file is damaged: {what} names a text encoding that cannot be read ({error}).",
            "Open it in your spreadsheet program, let it repair the file, and save it again.",
        ) from error
    finally:
        if isinstance(chunks, Generator):
            chunks.close()
    yield


def broken_xml(what: str, error: expat.ExpatError) -> SheetferryError:
    """The sentence for XML that breaks off or is not well-formed."""
    reason = expat.errors.messages.get(error.code, "unknown")
    return UserError.of(
        "damaged",
        f"The file is damaged: {what} breaks at line {error.lineno} ({reason}).",
        "Open it in your spreadsheet program, let it repair the file, and save it again.",
    )


@dataclass(slots=True)
class Element:
    """A small XML tree: local names, attributes, text directly inside."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, key: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(key, default)

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((c for c in self.children if c.name == name), None)

    def all(self, name: str) -> Iterator[Element]:
        """The children of that name."""
        return (c for c in self.children if c.name == name)

    def walk(self) -> Iterator[Element]:
        """This element and everything below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))


class _TreeHandler:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._stack: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes)
        if self._stack:
            self._stack[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._stack.append(element)

    def end(self, name: str) -> None:
        self._stack.pop()

    def text(self, data: str) -> None:
        if self._stack:
            self._stack[-1].text += data


def parse_tree(data: bytes, what: str) -> Element:
    """A whole small part as a tree.

    Raises:
        UserError: ``damaged``.
    """
    handler = _TreeHandler()
    for _ in feed(make_parser(handler), [data], what):
        pass
    if handler.root is None:
        raise UserError.of("damaged", f"The file is damaged: {what} is empty.")
    return handler.root
