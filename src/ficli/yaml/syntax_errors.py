"""Explain why a text is not YAML, in the words of a curator instead of a parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ficli.wording import harmless, quoted
from ficli.yaml.flaws import Flaw, FlawKind, too_deep
from ficli.yaml.nodes import Scalar, ScalarStyle

if TYPE_CHECKING:
    from ficli.yaml.events import ParseError

_CONFLICT: Final = re.compile(r"(?<![^\r\n])(?:<{7}|={7}|>{7})(?=[ \r\n]|\Z)[^\r\n]*")
_LINE: Final = re.compile(r"[^\r\n]*")
_KEY_AND_VALUE: Final = re.compile(r"""[ ]*(?:-[ ]+)*[^\s#'"\[{][^:\r\n]*:[ ]+(?=\S)""")
_ITEM_ABOVE: Final = re.compile(r"(?:\A|[\r\n]) *- [^\r\n]*[\r\n]+ *\Z")
_WORD: Final = re.compile(r"[^\s,\[\]{}]*")
_QUOTE_IT: Final = "put the value in quotes"


def conflict_marker(text: str) -> Flaw | None:
    """Return the first conflict marker that git left in a file it could not merge."""
    if "<<<<<<<" not in text and "=======" not in text and ">>>>>>>" not in text:
        return None
    marker = _CONFLICT.search(text)
    if marker is None:
        return None
    return Flaw(
        FlawKind.SYNTAX,
        marker.start(),
        marker.end(),
        "a merge conflict was left in the file",
        label="conflict marker",
        help="keep one of the two versions, and delete the lines of the markers",
    )


class _Case:
    """A parser failure with its context: the line, the text before and after the place."""

    def __init__(self, text: str, failure: ParseError, last: Scalar | None, shift: int) -> None:
        self.text = text
        self.problem = failure.problem
        self.context = failure.context
        self.at = min(max(failure.offset + shift, 0), len(text))
        self.since = min(max(failure.context_offset + shift, 0), len(text))
        self.last = last
        self.line_start = max(text.rfind("\n", 0, self.at), text.rfind("\r", 0, self.at)) + 1
        self.before = text[self.line_start : self.at]
        self.after = _rest_of_line(text, self.at)

    @property
    def follows_quoted(self) -> Scalar | None:
        """The quoted value that the place follows on the same line, if it does."""
        last = self.last
        if last is None or last.style not in (ScalarStyle.SINGLE, ScalarStyle.DOUBLE):
            return None
        return last if self.line_start <= last.end <= self.at else None


def explain_syntax_error(text: str, failure: ParseError, last: Scalar | None, shift: int) -> Flaw:
    """Return the flaw a parser failed on; `last` is the last scalar it had read, `shift` what it did not get."""
    case = _Case(text, failure, last, shift)
    for words, explanation in _EXPLANATIONS:
        if words in case.problem or words in case.context:
            flaw = explanation(case)
            if flaw is not None:
                return replace(flaw, end=min(flaw.end, len(text)))
    return _flaw(case.at, _word_end(text, case.at), f"this is not valid YAML: {harmless(case.problem)}", "here")


def _flaw(
    start: int,
    end: int,
    message: str,
    label: str,
    mend: str = "",
    related: tuple[tuple[int, int, str], ...] = (),
) -> Flaw:
    return Flaw(FlawKind.SYNTAX, start, max(start, end), message, label, mend, related)


def _rest_of_line(text: str, at: int) -> str:
    rest = _LINE.match(text, at)
    return rest.group() if rest else ""


def _word_end(text: str, at: int) -> int:
    word = _WORD.match(text, at)
    return max(word.end() if word else at, min(at + 1, len(text)))


# --- one function a mistake --------------------------------------------------------------------------------


def _bad_start(case: _Case) -> Flaw | None:
    char = case.text[case.at : case.at + 1]
    if char == "\t":
        if case.before.strip(" -") == "":
            return _tab(case)
        return _flaw(case.at, case.at + 1, "a tab stands before the value", "tab", "use a space")
    if char in ("@", "`", "%"):
        shown = "a back-tick" if char == "`" else f"`{char}`"
        return _flaw(
            case.at,
            _word_end(case.text, case.at),
            f"a value cannot start with {shown}",
            "starts here",
            _QUOTE_IT,
        )
    return None


def _tab(case: _Case) -> Flaw:
    tab = case.text.find("\t", case.line_start, case.at + len(case.after))
    at = case.at if tab < 0 else tab
    return _flaw(at, at + 1, "a tab is used for indentation", "tab", "indent with two spaces a level")


def _colon_in_value(case: _Case) -> Flaw | None:
    key = _KEY_AND_VALUE.match(case.text, case.line_start, case.at)
    if key is None:
        return _colon_after_text(case)
    value = case.text[key.end() : case.line_start + len(case.before + case.after)].rstrip()
    return _flaw(
        case.at,
        case.at + 1,
        f"`: ` stands inside the unquoted value {quoted(value)}",
        "read as a second key",
        _QUOTE_IT,
        ((key.end(), key.end() + len(value), "this value"),),
    )


def _colon_after_text(case: _Case) -> Flaw | None:
    """Explain a key after a value that continued into the key's line."""
    last = case.last
    key = case.line_start + len(case.before) - len(case.before.lstrip(" "))
    name = quoted(case.text[key : case.at])
    if last is None or last.start >= case.line_start or last.style is not ScalarStyle.PLAIN:
        return _flaw(key, case.at, f"the key {name} stands where no key can be", "here", "check the indentation")
    line = _rest_of_line(case.text, last.start)
    start = max(case.text.rfind("\n", 0, last.start), case.text.rfind("\r", 0, last.start)) + 1
    if case.text[start : last.start].strip(" -") == "":
        if ":" in line:
            return _missing_space(last.start, line)
        return _flaw(
            last.start,
            last.start + len(line.rstrip()),
            f"the line {quoted(line)} is no key with a value",
            "no colon",
            "write `key: value`, or indent the line if it belongs to the value above",
        )
    return _flaw(
        key,
        case.at,
        f"the key {name} is indented deeper than the key above, which has a value already",
        "wrong indentation",
        "give both keys the same indentation",
    )


def _missing_space(start: int, line: str) -> Flaw:
    colon = start + line.index(":")
    return _flaw(
        colon,
        colon + 1,
        f"a space is missing after the colon in {quoted(line.rstrip())}",
        "no space after it",
        "write `key: value`",
    )


def _no_colon(case: _Case) -> Flaw | None:
    line = _rest_of_line(case.text, case.since)
    if ":" in line and not line.startswith(("'", '"')):
        return _missing_space(case.since, line)
    return _flaw(
        case.since,
        case.since + len(line.rstrip()),
        f"the line {quoted(line.rstrip())} is no key with a value",
        "no colon",
        "write `key: value`, or indent the line if it belongs to the value above",
    )


def _unclosed_quote(case: _Case) -> Flaw | None:
    if "quoted scalar" not in case.context:
        return None
    quote = case.text[case.since : case.since + 1]
    name = "double quote" if quote == '"' else "single quote"
    end = max(len(case.text.rstrip()), case.since + 1)
    return _flaw(
        case.since,
        case.since + 1,
        f"the {name} that opens here is never closed",
        "opened here",
        f"close it with `{quote}` at the end of the value",
        ((end - 1, end, "the value runs on to here"),),
    )


def _after_quoted(case: _Case) -> Flaw | None:
    """Explain text after a closing quote, or a quote that another value's quote has closed."""
    value = case.follows_quoted
    if value is None:
        return None
    source = case.text[value.start : value.end]
    if "\n" in source or "\r" in source:
        return _flaw(
            value.start,
            value.start + 1,
            "the quote that opens here is not closed on its line",
            "opened here",
            f"close it with `{source[0]}` at the end of the value",
            ((value.end - 1, value.end, "the value runs on to here"),),
        )
    mend = (
        "double the quote inside the value: `''`" if source[0] == "'" else 'write the quote inside the value as `\\"`'
    )
    return _flaw(
        case.at,
        case.at + len(case.after.rstrip()),
        f"text follows the closing quote: {quoted(case.after.rstrip())}",
        "after the value",
        f"delete it, or {mend}",
        ((value.end - 1, value.end, "closed here"),),
    )


def _key_expected(case: _Case) -> Flaw | None:
    explained = _after_quoted(case)
    if explained is not None:
        return explained
    if re.match(r"-(?:\s|\Z)", case.text[case.at : case.at + 2]) and not _ITEM_ABOVE.search(case.text, 0, case.at):
        return _flaw(
            case.at,
            case.at + len(case.after.rstrip()),
            f"a list item stands where a key is due: {quoted(case.after.rstrip())}",
            "list item",
            "give the list a key of its own, on the line above",
        )
    if not case.before.strip(" -"):
        return _flaw(
            case.at,
            _word_end(case.text, case.at),
            f"the indentation of {quoted(case.after.rstrip())} fits no line above",
            "wrong indentation",
            "indent with two spaces a level, keys of one mapping alike",
        )
    return None


def _item_on_key_line(case: _Case) -> Flaw:
    return _flaw(
        case.at,
        case.at + 1,
        "a list item stands on the line of its key",
        "list item",
        "start the list on the next line, or put the value in quotes if it is text",
    )


def _unclosed_bracket(case: _Case) -> Flaw | None:
    bracket = case.text[case.since : case.since + 1]
    closing = {"[": "]", "{": "}"}.get(bracket)
    if closing is None:
        return None
    return _flaw(
        case.since,
        case.since + 1,
        f"the bracket `{bracket}` that opens here is not closed, or a comma is missing",
        "opened here",
        f"close it with `{closing}`, or put the value in quotes if it is text",
        ((case.at, _word_end(case.text, case.at), f"a comma or `{closing}` is due here"),),
    )


def _bad_escape(case: _Case) -> Flaw:
    at = case.text.rfind("\\", case.since, case.at + 2)
    at = case.at if at < 0 else at
    return _flaw(
        at,
        at + 2,
        f"{quoted(case.text[at : at + 2])} is no escape that YAML knows",
        "in double quotes a backslash starts an escape",
        "use single quotes, or write the backslash twice",
    )


def _bad_header(case: _Case) -> Flaw:
    line = _rest_of_line(case.text, case.since).rstrip()
    return _flaw(
        case.since,
        case.since + len(line),
        f"text stands behind the mark of a text block: {quoted(line)}",
        "only the mark may stand here",
        "start the text on the next line, or put the value in quotes",
    )


def _starts_with_mark(case: _Case) -> Flaw:
    char = case.text[case.since : case.since + 1]
    return _flaw(
        case.since,
        _word_end(case.text, case.since),
        f"a value that starts with {quoted(char)} is not read as text",
        "starts here",
        _QUOTE_IT,
    )


def _no_value(case: _Case) -> Flaw:
    char = case.text[case.at : case.at + 1]
    place = f"where {quoted(char)} stands" if char.strip() else "where the line ends"
    return _flaw(
        case.at,
        case.at + 1,
        f"a value is due {place}",
        "no value before it",
        f"delete it, or {_QUOTE_IT}",
    )


def _far_too_deep(case: _Case) -> Flaw:
    """Return the flaw of extreme nesting: newer versions of libyaml look ahead, and reject it before any event."""
    return too_deep(case.at, "far too deep")


def _directive(case: _Case) -> Flaw | None:
    line = _rest_of_line(case.text, case.at).rstrip()
    if not line.startswith("%"):
        return None
    return _flaw(
        case.at,
        case.at + len(line),
        f"the directive {quoted(line)} cannot be followed",
        "directive",
        "delete the line: every record is read as YAML 1.2",
    )


def _marker_in_quotes(case: _Case) -> Flaw | None:
    quote = case.text[case.since : case.since + 1]
    if quote not in ("'", '"'):
        return None
    return _unclosed_quote(case)


# Words of a parser's problem or context, the first that fits counts. Where libyaml and ruamel.yaml say the
# same in other words, both are there.
_EXPLANATIONS: Final[tuple[tuple[str, Callable[[_Case], Flaw | None]], ...]] = (
    ("found unexpected end of stream", _unclosed_quote),
    ("found unexpected document", _marker_in_quotes),
    ("found a tab character", _tab),
    ("that cannot start any token", _bad_start),
    ("character that cannot start", _bad_start),
    ("mapping values are not allowed", _colon_in_value),
    ("block sequence entries are not allowed", _item_on_key_line),
    ("sequence entries are not allowed", _item_on_key_line),
    ("unknown escape character", _bad_escape),
    ("found unknown escape", _bad_escape),
    ("escape sequence", _bad_escape),
    ("hexdecimal", _bad_escape),
    ("Unicode character escape", _bad_escape),
    ("scanning a block scalar", _bad_header),
    ("scanning an alias", _starts_with_mark),
    ("scanning an anchor", _starts_with_mark),
    ("scanning a tag", _starts_with_mark),
    ("undefined tag handle", _starts_with_mark),
    ("scanning a simple key", _no_colon),
    ("could not find expected ':'", _no_colon),
    ("while parsing a flow", _unclosed_bracket),
    ("did not find expected key", _key_expected),
    ("did not find expected '-' indicator", _key_expected),
    ("expected <block end>", _key_expected),
    ("<document start>", _key_expected),
    ("did not find expected node content", _no_value),
    ("expected the node content", _no_value),
    ("maximum nesting depth", _far_too_deep),
    ("directive", _directive),
    ("YAML document", _directive),
)
