"""A mended rejects workbook on the Import page: its target is the import that had rejected its rows."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from app.services.target_check import MENDED, look_at_target, target_meant
from tests.widgets.importing.samples import PATH, survey
from widgets.importing.drafts.drafts import drafts_of
from widgets.importing.view_data import FileEntry, FileState
from workers.core.model.options import ImportOptions, Mode
from workers.importing.rows.rejects_mark import CODE, mended_finding


def test_no_table_is_asked_for_and_nothing_blocks() -> None:
    draft = next(drafts_of(FileEntry(PATH, FileState.READY, survey=survey()), ImportOptions()))
    finding = mended_finding("4711")
    assert finding.code == CODE == MENDED
    mended = replace(draft, plan=replace(draft.plan, findings=(finding,)))
    unreachable = sa.create_engine("sqlite:////nowhere/at/all.sqlite")
    view = look_at_target(unreachable, mended, None)
    assert view.check.blocked == ""
    assert [notice.title for notice in view.check.notices] == ["These rows join the import that had rejected them"]
    assert "4711" in view.check.notices[0].text


def test_the_page_names_no_table_for_rows_that_have_one() -> None:
    draft = next(drafts_of(FileEntry(PATH, FileState.READY, survey=survey()), ImportOptions(mode=Mode.REPLACE)))
    assert target_meant(draft) == draft.options
    mended = replace(draft, plan=replace(draft.plan, findings=(mended_finding("4711"),)))
    meant = target_meant(mended)
    assert (meant.schema, meant.table, meant.mode) == (None, None, Mode.CREATE)
    assert meant.sheets == draft.options.sheets
