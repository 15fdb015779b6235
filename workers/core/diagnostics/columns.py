"""The lines of the health list that one column gives: what its cells show that an analyst should know."""

from __future__ import annotations

from workers.core.inference.column_stats import ColumnTally, Kind, Mark, Trait
from workers.core.inference.infer import ColumnVerdict
from workers.core.inference.text_shapes import (
    AMOUNTS,
    DATES,
    NUMBERS,
    PERCENTAGES,
    SIGNED,
    STAMPS,
    Shape,
    Unclear,
    date_form,
)
from workers.core.model.cells import column_letter
from workers.core.model.options import ImportOptions, MisfitRule, PgType
from workers.core.model.plans import Finding, Severity

_MIXABLE = (Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.DATE, Kind.STAMP, Kind.TIME, Kind.DURATION, Kind.TEXT)
_NUMBER_KINDS = (Kind.INT, Kind.FLOAT)
_ERROR_FATES = {
    "null": "they arrive as NULL",
    "text": "they arrive as text",
    "reject": "their rows are rejected",
}
_ERROR_FATE = {
    "null": "it arrives as NULL",
    "text": "it arrives as text",
    "reject": "its row is rejected",
}


def column_findings(
    tally: ColumnTally, options: ImportOptions, verdict: ColumnVerdict, misfit_rule: MisfitRule = "reject"
) -> tuple[Finding, ...]:
    """Everything worth telling about one column under the type it gets.

    Args:
        tally: Everything its cells showed.
        options: The import's rules for types, errors and null tokens.
        verdict: What `infer.decide` made of them.
        misfit_rule: What becomes of cells that do not fit the type.
    """
    chosen = verdict.type
    listed = _Lines(tally)
    listed.error_cells(options)
    listed.codes(chosen)
    listed.texts(chosen, options, verdict.from_text, verdict.reasons[0] if verdict.reasons else None)
    listed.tokens(verdict.tokens_are_null)
    listed.mixed(options, chosen)
    listed.zero_dates(chosen)
    listed.traits()
    number, cells = verdict.misfits, verdict.misfit_cells
    if number:
        listed.add(
            "misfits",
            f"{_cells(number)} {_do(number)} not fit {chosen.value}; " + _misfit_fate(number, misfit_rule),
            number,
            cells,
            "decide",
            misfit_rule,
            *(each for each in ("reject", "null", "text") if each != misfit_rule),
        )
    return tuple(listed.findings)


class _Lines:
    """Collects the findings of one column."""

    def __init__(self, tally: ColumnTally) -> None:
        self.tally = tally
        self.letter = column_letter(tally.column)
        self.findings: list[Finding] = []

    def add(
        self, code: str, message: str, count: int, cells: tuple[str, ...], severity: Severity, *choices: str
    ) -> None:
        sentence = f"Column {self.letter}: {message}."
        self.findings.append(Finding(code, sentence, cells, count, severity, self.tally.column, choices))

    def mark(self, code: str, words: str, severity: Severity, *marks: Mark, choices: tuple[str, ...] = ()) -> None:
        count = self.tally.count(*marks)
        if count:
            self.add(
                code,
                words.format(cells=_cells(count), are=_are(count)),
                count,
                self.tally.cells(*marks),
                severity,
                *choices,
            )

    def error_cells(self, options: ImportOptions) -> None:
        fates = _ERROR_FATE if self.tally.count(Kind.ERROR) == 1 else _ERROR_FATES
        fate = fates[options.errors]
        self.mark(
            "error-cells",
            "{cells} {are} an error such as #N/A; " + fate,
            "warn",
            Kind.ERROR,
            choices=(options.errors, *(rule for rule in _ERROR_FATES if rule != options.errors)),
        )

    def codes(self, chosen: PgType) -> None:
        """Leading zeros and digit strings that are too long for a number."""
        tally = self.tally
        if tally.count(Kind.PADDED):
            self.mark(
                "leading-zeros",
                "{cells} {are} a number that its format shows with leading zeros; kept as text",
                "warn",
                Kind.PADDED,
                choices=("text",),
            )
        if chosen is PgType.TEXT and not tally.settled:
            self.mark(
                "leading-zeros",
                "{cells} {are} digits with a leading zero; kept as text",
                "warn",
                Shape.LEADING_ZERO,
                choices=("text", "bigint"),
            )
            self.mark(
                "long-digits",
                "{cells} {are} a number of more than 15 digits stored as text; kept as text",
                "warn",
                Shape.LONG_DIGITS,
                choices=("text", "numeric"),
            )
        self.mark(
            "long-digits",
            "{cells} {are} a number of more than 15 digits; Excel keeps only 15, so the last "
            "digits may have been lost before",
            "warn",
            Trait.LONG_NUMBER,
        )

    def texts(self, chosen: PgType, options: ImportOptions, from_text: bool, unclear: Unclear | None) -> None:
        """Texts that look like numbers or dates, read as such or not."""
        tally = self.tally
        if tally.settled:
            return
        numbers, dates = tally.count(*NUMBERS), tally.count(*DATES, *STAMPS)
        if unclear:
            marks = (*NUMBERS,) if numbers else (*DATES, *STAMPS)
            self.mark(
                unclear.code,
                f"{unclear.reason}; kept as text",
                "decide",
                *marks,
                choices=("text", "day-first", "month-first")
                if unclear.orders
                else ("text", "numeric" if numbers else "date"),
            )
        elif from_text and dates and chosen is not PgType.TEXT and self._told_order(options):
            order = options.date_order
            said = "the day comes first" if order == "day-first" else "the month comes first"
            self.mark(
                "date-order",
                f"{{cells}} {{are}} a date stored as text, in which {said}, as chosen",
                "info",
                *DATES,
                *STAMPS,
                choices=(order, "month-first" if order == "day-first" else "day-first", "text"),
            )
        elif from_text and chosen is not PgType.TEXT:
            what = "number" if numbers else "date"
            self.mark(
                "typed-from-text",
                f"{{cells}} {{are}} a {what} stored as text, read as {chosen.value}",
                "info",
                *NUMBERS,
                *DATES,
                *STAMPS,
                choices=(chosen.value, "text"),
            )
            self.affixes()
        elif numbers and chosen is PgType.TEXT:
            self.mark(
                "numbers-as-text",
                "{cells} {are} a number stored as text; kept as text",
                "info",
                *NUMBERS,
                choices=("text", "numeric"),
            )
        elif dates and chosen is PgType.TEXT:
            self.mark(
                "dates-as-text",
                "{cells} {are} a date stored as text; kept as text",
                "info",
                *DATES,
                *STAMPS,
                choices=("text", "date"),
            )

    def _told_order(self, options: ImportOptions) -> bool:
        """Whether day and month of the column's dates are told apart by the user's word alone."""
        alone = date_form(self.tally.shapes) if options.date_order != "auto" else None
        return isinstance(alone, Unclear) and alone.orders

    def affixes(self) -> None:
        """What stood around numbers that were read without it."""
        self.mark(
            "percent-signs",
            "{cells} {are} a share with a percent sign, read as a part of one (12% is 0.12)",
            "info",
            *PERCENTAGES,
        )
        self.mark("currency-signs", "{cells} {are} an amount with its currency, read without it", "info", *AMOUNTS)
        self.mark(
            "signs-behind",
            "{cells} {are} a number in parentheses or with its sign behind it, read as a negative one",
            "info",
            *SIGNED,
        )

    def tokens(self, tokens_are_null: bool) -> None:
        if tokens_are_null:
            self.mark(
                "null-tokens",
                "{cells} {are} a null token or only white space; NULL",
                "info",
                Shape.TOKEN,
                choices=("null", "text"),
            )

    def mixed(self, options: ImportOptions, chosen: PgType) -> None:
        """A text column only because cells of several kinds stand in it."""
        tally = self.tally
        if chosen is not PgType.TEXT or options.types == "text":
            return
        groups = [
            number
            for number in (
                tally.count(*_NUMBER_KINDS),
                tally.count(Kind.DATE, Kind.STAMP),
                tally.count(Kind.BOOL),
                tally.count(Kind.TIME),
                tally.count(Kind.DURATION),
                tally.count(Kind.TEXT),
            )
            if number
        ]
        if len(groups) < 2:
            return
        main = _main_type(tally, max(groups))
        rare = min((kind for kind in _MIXABLE if tally.count(kind)), key=tally.count)
        self.add(
            "mixed-kinds",
            f"cells of several kinds ({_kinds_in_words(tally)}), so the column is text",
            tally.filled - max(groups),
            tally.cells(rare),
            "decide" if main else "warn",
            "text",
            *([main.value] if main else []),
        )

    def zero_dates(self, chosen: PgType) -> None:
        tally = self.tally
        if chosen in (PgType.DATE, PgType.TIMESTAMP) and tally.count(Kind.TIME) == tally.count(Trait.MIDNIGHT):
            self.mark(
                "zero-dates",
                "{cells} {are} the number 0 shown as a date, which is no day; NULL",
                "warn",
                Trait.MIDNIGHT,
                choices=("null", "text"),
            )

    def traits(self) -> None:
        self.mark("outer-spaces", "{cells} {are} a text with spaces before or after; kept", "info", Trait.OUTER_SPACES)
        self.mark(
            "nul-bytes",
            "{cells} {are} a text with a NUL byte, which PostgreSQL cannot hold; it is removed",
            "warn",
            Trait.NUL,
        )


def _main_type(tally: ColumnTally, most: int) -> PgType | None:
    """The type of most cells, on offer in place of text; None when most are texts."""
    whole = PgType.DOUBLE if tally.count(Kind.FLOAT) else PgType.BIGINT
    dated = PgType.TIMESTAMP if tally.count(Kind.STAMP) else PgType.DATE
    offers = (
        (tally.count(Kind.TEXT), None),
        (tally.count(*_NUMBER_KINDS), whole),
        (tally.count(Kind.DATE, Kind.STAMP), dated),
        (tally.count(Kind.BOOL), PgType.BOOLEAN),
        (tally.count(Kind.TIME), PgType.TIME),
        (tally.count(Kind.DURATION), PgType.INTERVAL),
    )
    return next((pg_type for number, pg_type in offers if number == most), None)


def _kinds_in_words(tally: ColumnTally) -> str:
    words = {
        "numbers": tally.count(*_NUMBER_KINDS),
        "dates": tally.count(Kind.DATE, Kind.STAMP),
        "booleans": tally.count(Kind.BOOL),
        "times": tally.count(Kind.TIME),
        "durations": tally.count(Kind.DURATION),
        "texts": tally.count(Kind.TEXT),
    }
    return ", ".join(f"{number:,} {word}" for word, number in words.items() if number)


def _misfit_fate(number: int, rule: MisfitRule) -> str:
    if rule == "reject":
        return "its row is rejected" if number == 1 else "their rows are rejected"
    return "NULL takes its place" if number == 1 else "NULL takes their place"


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number:,} cells"


def _are(number: int) -> str:
    return "holds" if number == 1 else "hold"


def _do(number: int) -> str:
    return "does" if number == 1 else "do"
