"""The fast way and the exact way agree: what one accepts is to the other without a flaw and the same data."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ficli.yaml.fast_path import REFUSED, parse_fast

if TYPE_CHECKING:
    import random

_spec = importlib.util.spec_from_file_location(
    "differential", Path(__file__).parents[2] / "benchmarks" / "differential.py"
)
assert _spec is not None
assert _spec.loader is not None
differential = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(differential)

PIECES = st.sampled_from(differential.SOUP) | st.text(max_size=3)


def agree(text: str) -> None:
    assert differential.disagreement(text) is None


@settings(max_examples=300)
@given(st.randoms(use_true_random=False), st.booleans())
def test_documents(rng: random.Random, spoilt: bool) -> None:  # noqa: FBT001
    text = "".join(differential.Writer(rng).mapping(0, 3))
    agree(differential.spoil(rng, text) if spoilt else text)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("a: [{東京 : {$1:,\n  b: 1}}]\n")
@example("a: >2\n")
@example("a: {:b}\n")
@example("a: {'b': |}\n")
@example('a: [{"b\nc" : d}]\n')
@example("a: >\n  b")
@example("!x a: b\n")
def test_heaps_of_tokens(text: str) -> None:
    agree(text)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789._+-eExXoObBaAfFnNiI:, ", min_size=1, max_size=12))
@example("1_")
@example("_.5")
@example("0x_F")
def test_what_may_be_a_number(token: str) -> None:
    for text in (f"a: {token}\n", f"a:\n  - {token}\n", f"a: [{token}, b]\n", f"a: {{b: {token}}}\n", f"{token}: a\n"):
        agree(text)


@settings(max_examples=200)
@given(
    st.text(max_size=40),
    st.sampled_from(["a: {}\n", "a: '{}'\n", 'a: "{}"\n', "a: |\n  {}\n", "a: >-\n  {}\n", "{}: a\n"]),
)
def test_any_text_in_any_quotes(text: str, frame: str) -> None:
    agree(frame.replace("{}", text))


def test_a_good_share_is_accepted() -> None:
    accepted = [
        parse_fast(text.encode("utf-8", "surrogatepass")) is not REFUSED for text in differential.documents(500, 7)
    ]
    assert sum(accepted) > 30
