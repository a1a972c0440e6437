"""Explain why a text is not YAML, in the words of a curator instead of a parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ficli.wording import harmless, quoted
from ficli.yaml.comments import cut_text
from ficli.yaml.flaws import Flaw, missing_space, too_deep
from ficli.yaml.nodes import ScalarStyle
from ficli.yaml.parser_failure import Case, rest_of_line, syntax_flaw, word_end

if TYPE_CHECKING:
    from ficli.yaml.events import ParseError
    from ficli.yaml.nodes import Node

_KEY_AND_VALUE: Final = re.compile(r"""[ ]*(?:-[ ]+)*[^\s#'"\[{][^:\r\n]*:[ ]+(?=\S)""")
_ITEM_ABOVE: Final = re.compile(r"(?:\A|[\r\n]) *- [^\r\n]*[\r\n]+ *\Z")
_DASH_WITHOUT_SPACE: Final = re.compile(r"-[^\s-]")
_QUOTE_IT: Final = "put the value in quotes"
_MARKED_VALUE: Final = re.compile(r"""[ ]*(?:-[ ]+)*(?:[^\s#'"\[{:?][^:\r\n]*:[ ]+)?([\[{?:&*!|>%@`,\]}-])""")
"""The mark that a value starts with."""
_MARKED_WORD: Final = re.compile(r"(.[^\s,\[\]{}]*).*")


def explain_syntax_error(text: str, failure: ParseError, last: Node | None, shift: int) -> Flaw:
    """Return the flaw a parser failed on; `last` is the last value it had read, `shift` what it did not get."""
    case = Case(text, failure, last, shift)
    for words, explanation in _EXPLANATIONS:
        if words in case.problem or words in case.context:
            flaw = explanation(case)
            if flaw is not None:
                return replace(flaw, end=min(flaw.end, len(text)))
    marked = _MARKED_VALUE.match(text, case.line_start)
    if marked and marked.start(1) <= case.at:
        return _starts_with(case, marked.start(1))
    return syntax_flaw(case.at, word_end(text, case.at), f"this is not valid YAML: {harmless(case.problem)}", "here")


# --- one function a mistake --------------------------------------------------------------------------------


def _bad_start(case: Case) -> Flaw | None:
    char = case.text[case.at : case.at + 1]
    if char == "\t":
        if case.before.strip(" -") == "":
            return _tab(case)
        return syntax_flaw(case.at, case.at + 1, "a tab stands before the value", "tab", "use a space")
    if char in ("@", "`", "%"):
        shown = "a back-tick" if char == "`" else f"`{char}`"
        return syntax_flaw(
            case.at,
            word_end(case.text, case.at),
            f"a value cannot start with {shown}",
            "starts here",
            _QUOTE_IT,
        )
    return None


def _tab(case: Case) -> Flaw:
    tab = case.text.find("\t", case.line_start, case.at + len(case.after))
    at = case.at if tab < 0 else tab
    return syntax_flaw(at, at + 1, "a tab is used for indentation", "tab", "indent with two spaces a level")


def _colon_in_value(case: Case) -> Flaw | None:
    if case.before.rstrip().endswith((":", "- ")) or not case.before.strip(" -"):
        return _starts_with(case, case.at)
    key = _KEY_AND_VALUE.match(case.text, case.line_start, case.at)
    if key is None:
        return _colon_after_text(case)
    value = case.text[key.end() : case.line_start + len(case.before + case.after)].rstrip()
    return syntax_flaw(
        case.at,
        case.at + 1,
        f"`: ` stands inside the unquoted value {quoted(value)}",
        "read as a second key",
        _QUOTE_IT,
        ((key.end(), key.end() + len(value), "this value"),),
    )


def _colon_after_text(case: Case) -> Flaw | None:
    """Explain a key after a value that continued into the key's line."""
    last = case.last
    key = case.line_start + len(case.before) - len(case.before.lstrip(" "))
    name = quoted(case.text[key : case.at])
    if last is None or last.start >= case.line_start or last.style is not ScalarStyle.PLAIN:
        return syntax_flaw(key, case.at, f"the key {name} stands where no key can be", "here", "check the indentation")
    line = rest_of_line(case.text, last.start)
    start = max(case.text.rfind("\n", 0, last.start), case.text.rfind("\r", 0, last.start)) + 1
    if case.text[start : last.start].strip(" -") == "":
        if ":" in line:
            return _missing_space(last.start, line)
        return syntax_flaw(
            last.start,
            last.start + len(line.rstrip()),
            f"the line {quoted(line)} is no key with a value",
            "no colon",
            "write `key: value`, or indent the line if it belongs to the value above",
        )
    return syntax_flaw(
        key,
        case.at,
        f"the key {name} is indented deeper than the key above, which has a value already",
        "wrong indentation",
        "give both keys the same indentation",
    )


def _missing_space(start: int, line: str) -> Flaw:
    colon = start + line.index(":")
    return syntax_flaw(
        colon,
        colon + 1,
        f"a space is missing after the colon in {quoted(line.rstrip())}",
        "no space after it",
        "write `key: value`",
    )


def _no_colon(case: Case) -> Flaw | None:
    explained = _lost_to_a_mark(case, case.since)
    if explained is not None:
        return explained
    line = rest_of_line(case.text, case.since)
    if ":" in line and not line.startswith(("'", '"')):
        return _missing_space(case.since, line)
    return syntax_flaw(
        case.since,
        case.since + len(line.rstrip()),
        f"the line {quoted(line.rstrip())} is no key with a value",
        "no colon",
        "write `key: value`, or indent the line if it belongs to the value above",
    )


def _unclosed_quote(case: Case) -> Flaw | None:
    if "quoted scalar" not in case.context:
        return None
    quote = case.text[case.since : case.since + 1]
    name = "double quote" if quote == '"' else "single quote"
    end = max(len(case.text.rstrip()), case.since + 1)
    return syntax_flaw(
        case.since,
        case.since + 1,
        f"the {name} that opens here is never closed",
        "opened here",
        f"close it with `{quote}` at the end of the value",
        ((end - 1, end, "the value runs on to here"),),
    )


def _after_quoted(case: Case) -> Flaw | None:
    """Explain text after a closing quote, or a quote that another value's quote has closed."""
    value = case.follows_quoted
    if value is None:
        return None
    source = case.text[value.start : value.end]
    if "\n" in source or "\r" in source:
        return syntax_flaw(
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
    return syntax_flaw(
        case.at,
        case.at + len(case.after.rstrip()),
        f"text follows the closing quote: {quoted(case.after.rstrip())}",
        "after the value",
        f"delete it, or {mend}",
        ((value.end - 1, value.end, "closed here"),),
    )


def _key_expected(case: Case) -> Flaw | None:
    explained = _after_quoted(case) or _after_closed(case) or _lost_to_a_mark(case, case.at)
    if explained is not None:
        return explained
    if re.match(r"-(?:\s|\Z)", case.text[case.at : case.at + 2]) and not _ITEM_ABOVE.search(case.text, 0, case.at):
        return syntax_flaw(
            case.at,
            case.at + len(case.after.rstrip()),
            f"a list item stands where a key is due: {quoted(case.after.rstrip())}",
            "list item",
            "give the list a key of its own, on the line above",
        )
    if not case.before.strip(" -"):
        return syntax_flaw(
            case.at,
            word_end(case.text, case.at),
            f"the indentation of {quoted(case.after.rstrip())} fits no line above",
            "wrong indentation",
            "indent with two spaces a level, keys of one mapping alike",
        )
    return None


def _lost_to_a_mark(case: Case, at: int) -> Flaw | None:
    """Explain a line that a dash without its space starts, or that a `#` has cut off from its value."""
    if _DASH_WITHOUT_SPACE.match(case.text, at):
        return missing_space(at, rest_of_line(case.text, at).rstrip())
    last = case.last
    cut = cut_text(case.text, last, 0) if last and last.style is ScalarStyle.PLAIN else None
    if last is None or cut is None or case.text[cut.end : at].strip():
        return None
    return syntax_flaw(
        cut.start,
        cut.end,
        f"the value ends before {quoted(cut.text)}, and the next line belongs to nothing",
        "read as a comment",
        "put the whole value in quotes",
        ((last.start, last.end, "this value"),),
    )


def _item_on_key_line(case: Case) -> Flaw:
    return syntax_flaw(
        case.at,
        case.at + 1,
        "a list item stands on the line of its key",
        "list item",
        "start the list on the next line, or put the value in quotes if it is text",
    )


def _unclosed_bracket(case: Case) -> Flaw | None:
    bracket = case.text[case.since : case.since + 1]
    closing = {"[": "]", "{": "}"}.get(bracket)
    if closing is None:
        return None
    return syntax_flaw(
        case.since,
        case.since + 1,
        f"the bracket `{bracket}` that opens here is not closed, or a comma is missing",
        "opened here",
        f"close it with `{closing}`, or put the value in quotes if it is text",
        ((case.at, word_end(case.text, case.at), f"a comma or `{closing}` is due here"),),
    )


def _bad_escape(case: Case) -> Flaw:
    at = case.text.rfind("\\", case.since, case.at + 2)
    at = case.at if at < 0 else at
    return syntax_flaw(
        at,
        at + 2,
        f"{quoted(case.text[at : at + 2])} is no escape that YAML knows",
        "in double quotes a backslash starts an escape",
        "use single quotes, or write the backslash twice",
    )


def _bad_header(case: Case) -> Flaw:
    line = rest_of_line(case.text, case.since).rstrip()
    return syntax_flaw(
        case.since,
        case.since + len(line),
        f"text stands behind the mark of a text block: {quoted(line)}",
        "only the mark may stand here",
        "start the text on the next line, or put the value in quotes",
    )


def _starts_with_mark(case: Case) -> Flaw:
    return _starts_with(case, case.since)


def _starts_with(case: Case, start: int) -> Flaw:
    return syntax_flaw(
        start,
        max(
            word_end(case.text, start),
            word_end(case.text, start + 1) if case.text[start + 1 : start + 2].strip() else 0,
        ),
        f"a value that starts with {quoted(case.text[start : start + 1])} is not read as text",
        "starts here",
        _QUOTE_IT,
    )


def _after_closed(case: Case) -> Flaw | None:
    """Explain text after brackets or an alias that a value starts with."""
    value = case.closed
    if value is None or case.text[value.start : value.start + 1] not in ("[", "{", "*"):
        return None
    between = case.text[value.end : case.at]
    return None if between.strip(" \t") else _starts_with(case, value.start)


def _no_value(case: Case) -> Flaw:
    explained = _lost_to_a_mark(case, case.at)
    if explained is not None:
        return explained
    char = case.text[case.at : case.at + 1]
    place = f"where {quoted(char)} stands" if char.strip() else "where the line ends"
    return syntax_flaw(
        case.at,
        case.at + 1,
        f"a value is due {place}",
        "no value before it",
        f"delete it, or {_QUOTE_IT}",
    )


def _far_too_deep(case: Case) -> Flaw:
    """Return the flaw of extreme nesting: newer versions of libyaml look ahead, and reject it before any event."""
    return too_deep(case.at, "far too deep")


def _directive(case: Case) -> Flaw | None:
    line = rest_of_line(case.text, case.at).rstrip()
    if not line.startswith("%"):
        return None
    return syntax_flaw(
        case.at,
        case.at + len(line),
        f"the directive {quoted(line)} cannot be followed",
        "directive",
        "delete the line: every record is read as YAML 1.2",
    )


def _marker_in_quotes(case: Case) -> Flaw | None:
    quote = case.text[case.since : case.since + 1]
    if quote not in ("'", '"'):
        return None
    return _unclosed_quote(case)


# Words of a parser's problem or context, the first that fits counts. Where libyaml and ruamel.yaml say the
# same in other words, both are there.
_EXPLANATIONS: Final[tuple[tuple[str, Callable[[Case], Flaw | None]], ...]] = (
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
