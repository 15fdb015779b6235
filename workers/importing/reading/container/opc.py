"""Parts and relationships of an Open Packaging file (xlsx, xlsm, xltx, xltm, xlsb); ECMA-376 part 2."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from workers.core.model.errors import UserError
from workers.importing.reading.container.zip_package import ZipPackage, normal_name
from workers.importing.reading.markup.xml_events import parse_tree


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: its id, its type's last word (``worksheet``, ``styles``, …), the part it leads to."""

    id: str
    kind: str
    target: str
    external: bool = False


def relationships(package: ZipPackage, part: str) -> dict[str, Relationship]:
    """The relationships of a part (``""`` for the package itself) by id; empty when it has none."""
    folder, name = posixpath.split(normal_name(part))
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return {}
    found = {}
    for element in parse_tree(package.read(path), path).all("Relationship"):
        target = unquote(element.get("Target").replace("\\", "/"))
        external = element.get("TargetMode") == "External"
        found[element.get("Id")] = Relationship(
            element.get("Id"),
            element.get("Type").rpartition("/")[2],
            target if external else _resolve(package, folder, target),
            external,
        )
    return found


def _resolve(package: ZipPackage, folder: str, target: str) -> str:
    """The part that a target names: relative to the folder, or to the root when it begins with a slash.

    Some writers give paths from the root without the slash; taken so when only that part exists.
    """
    relative = normal_name(target if target.startswith("/") else posixpath.join(folder, target))
    rooted = normal_name(target)
    return rooted if relative not in package and rooted in package else relative


def main_part(package: ZipPackage) -> str:
    """The workbook's part.

    Raises:
        UserError: ``not-a-workbook`` when the package holds none.
    """
    for relationship in relationships(package, "").values():
        if relationship.kind == "officeDocument" and relationship.target in package:
            return relationship.target
    for name in ("xl/workbook.xml", "xl/workbook.bin", "workbook.xml"):
        if name in package:
            return name
    raise UserError.of("not-a-workbook", "The file is a zip archive, but there is no workbook in it.")


def content_type(package: ZipPackage, part: str) -> str:
    """The declared content type of a part, or an empty string."""
    if "[content_types].xml" not in package:
        return ""
    wanted = normal_name(part)
    default = ""
    for element in parse_tree(package.read("[content_types].xml"), "[Content_Types].xml").children:
        if element.name == "Override" and normal_name(element.get("PartName")) == wanted:
            return element.get("ContentType")
        if element.name == "Default" and wanted.endswith("." + element.get("Extension").lower()):
            default = element.get("ContentType")
    return default
