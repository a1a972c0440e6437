"""Hold the fast way to read a record against the exact one, over many generated and spoilt documents.

Run `python benchmarks/differential.py --documents 100000 --seed 1`. Whatever the fast way accepts, the exact
way must find without a flaw and with the same data, types included. A disagreement is printed with its
document and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING

from ficli.yaml.fast_path import REFUSED, parse_fast
from ficli.yaml.parse import parse
from ficli.yaml.scalars import same

if TYPE_CHECKING:
    from collections.abc import Iterator

# Blanks part the words; `␣` is a blank within one.
_WORDS = (
    "a b kind impact id key url title sources text x1 Klarna the AI assistant 2024 5 0 -1 3.14 1e5 .5 5. +7 no on "
    "true null ~ False 0x1F 0o17 2024-05-08 12:30 it's R&D C# a:b http://x.org/a?b=c#d (x) $1 €5 é 東京 😀 v1_2 "
    "snake_case = | > .inf .nan 1_000 _1 0b11 +0x1 -0o7 1__0 << . .. - ? :"
)
_PLAIN_WORDS = (
    "a b kind impact quote note id key title sources text Klarna the AI assistant 2024 5 -1 true null 2024-05-08 "
    "C# x.org x_y - 東京"
)
_TRAPS = (
    "&x &x␣ * *x␣ ! !x␣ !!str␣ <<:␣ << ?␣ ?\n :\n -␣ -␣-␣ --- \n---\n ... \n...\n % \n%YAML␣1.1\n "
    "\t \r \r\n \x00 \x85 \u2028 \ufeff \u202e \u200b \xa0 \u3000 \ue000 \U000e0041 "
    '\' \'\' " "" \\ \\n \\x41 \\u00e9 \\\n \\/ \\" [ ] { } , [] {} [, ,] {, '
    '[a,␣b] {a:␣b} {a:b} {"a":b} [a:␣b] '
    "# ␣# #x | |- |+ >- >+ |2 >2- > |␣# 1_0 _ __ 0b1 0x 0o8 0x1_ 1e 1e1_0 ._1 1._ 1e400 -.INF .iNf +.nan .NAN "
    "12345678901234567890 @ ` ~ = null:␣ 1:␣ true:␣ \n \n\n \n␣ \n␣␣ \n␣␣␣␣ ␣ ␣␣ : :␣ :x x:␣ \"a\":␣ 'a':␣ a␣:␣ "
    "<<<<<<<\n =======\n >>>>>>>\n |||||||␣x\n -a:␣b\n \n␣␣-a:␣ \n-␣ \n-␣a:␣b \n?␣a \n:␣b ␣-␣ ␣|\n ␣>\n"
)
WORDS = tuple(_WORDS.split(" "))
PLAIN_WORDS = tuple(_PLAIN_WORDS.split(" "))
TRAPS = tuple(trap.replace("␣", " ") for trap in _TRAPS.split(" "))
SOUP = (*TRAPS, *WORDS, "a: ", "\n", "\nb: ", "\n  ", "\n  - ")


class Writer:
    """Writes one document, most of it YAML. The stranger the words, the more often it is not."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words = rng.choice((WORDS, PLAIN_WORDS, PLAIN_WORDS))

    def chance(self, share: float) -> bool:
        """Return True in that share of cases."""
        return self.rng.random() < share

    def line(self, words: int = 5) -> str:
        """Make some words of text."""
        return " ".join(self.rng.choice(self.words) for _ in range(self.rng.randint(1, words)))

    def scalar(self) -> str:
        """Make a value on one line, quoted or not."""
        words = self.line(3)
        single = words.replace("'", "''")
        return self.rng.choice((words, self.rng.choice(self.words), f'"{words}"', f"'{single}'", ""))

    def flow(self, depth: int) -> str:
        """Make a value in brackets, or a scalar."""
        kind = self.rng.choice("sssslm") if depth else "s"
        if kind == "l":
            items = (self.flow(depth - 1) for _ in range(self.rng.randrange(4)))
            return f"[{self.rng.choice((', ', ',', ' , ')).join(items)}]"
        if kind == "m":
            colon = self.rng.choice((": ", ": ", ":", " : "))
            pairs = (f"{self.scalar()}{colon}{self.flow(depth - 1)}" for _ in range(self.rng.randrange(3)))
            return f"{{{self.rng.choice((', ', ', ', ',', ',' + chr(10) + '   ')).join(pairs)}}}"
        return self.scalar()

    def value(self, indent: int, depth: int) -> Iterator[str]:
        """Make what may follow a key or a dash, to the end of its last line."""
        kind = self.rng.choice("mlbqfsss" if depth else "bqfsss")
        inner = indent + self.rng.choice((2, 2, 2, 1, 4))
        if kind == "m":
            yield self.rng.choice(("\n", " # why\n", "\n\n"))
            yield from self.mapping(inner, depth - 1)
        elif kind == "l":
            yield "\n"
            yield from self.items(self.rng.choice((indent, inner)), depth - 1)
        elif kind == "b":
            yield from self.block_scalar(inner)
        elif kind == "q":
            quote = self.rng.choice(("", "'", '"'))
            breaks = "\n" + " " * self.rng.choice((inner, inner, 0)), "\n\n" + " " * inner
            body = self.rng.choice(breaks).join(self.line() for _ in range(self.rng.randint(1, 3)))
            yield f" {quote}{body.replace(quote, '') if quote else body}{quote}\n"
        else:
            value = self.flow(3) if kind == "f" else self.scalar()
            yield f" {value}{self.rng.choice(('', '', ' # c', '  ', '#'))}\n"

    def block_scalar(self, indent: int) -> Iterator[str]:
        """Make a block scalar with its header."""
        header = self.rng.choice(("", "", "-", "-", "+", "2", "-2")) + self.rng.choice(("", "", " # c", " "))
        yield f" {self.rng.choice('|>')}{header}\n"
        for _ in range(self.rng.choice((0, 1, 2, 4))):
            pad = self.rng.choice((" " * indent,) * 4 + (" " * (indent + 1), "", "  "))
            yield pad + self.rng.choice((self.line(), self.line(), "", "# no", "- x", "k: v")) + "\n"

    def items(self, indent: int, depth: int) -> Iterator[str]:
        """Make a list, one item a line or more."""
        for _ in range(self.rng.randint(1, 3)):
            yield " " * indent + "-"
            if self.chance(0.5) and depth:
                yield " "
                yield from self.mapping(indent + 2, depth - 1, first="")
            else:
                yield from self.value(indent, depth)

    def mapping(self, indent: int, depth: int, first: str | None = None) -> Iterator[str]:
        """Make a few keys with values, the first perhaps on a line that is begun."""
        pad = " " * indent
        for number in range(self.rng.randint(1, 4)):
            if self.chance(0.1) and (number or first is None):
                yield self.rng.choice(("\n", pad + "# comment\n", "# comment\n", "   \n", " # odd\n"))
            yield first if first is not None and number == 0 else pad
            key = self.rng.choice(self.words)
            yield self.rng.choice((f"{key}{number}",) * 4 + (key, f'"{key}"', f"'{number}'", self.line(2)))
            yield self.rng.choice((":", ":", ":", ":", " :"))
            yield from self.value(indent, depth)


def spoil(rng: random.Random, text: str) -> str:
    """Insert traps at a few random places."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(TRAPS) + text[at + rng.choice((0, 0, 0, 1, 3)) :]
    return text


def documents(count: int, seed: int) -> Iterator[str]:
    """Make documents, the same for the same seed: whole ones, spoilt ones and a few heaps of tokens."""
    rng = random.Random(seed)  # noqa: S311 - test data
    for _ in range(count):
        kind = rng.choice(("whole", "spoilt", "spoilt", "heap"))
        if kind == "heap":
            yield "".join(rng.choice(SOUP) for _ in range(rng.randint(1, 12)))
            continue
        text = "".join(Writer(rng).mapping(0, 3))
        yield spoil(rng, text) if kind == "spoilt" else text


def disagreement(text: str) -> str | None:
    """Compare the two ways on one document; None where the fast one refuses or both agree."""
    raw = text.encode("utf-8", "surrogatepass")
    data = parse_fast(raw)
    if data is REFUSED:
        return None
    document = parse(raw)
    if document.flaws:
        return f"flaw: {document.flaws[0].message}"
    return None if same(data, document.data) else f"data: {data!r} is not {document.data!r}"


def main() -> int:
    """Run the comparison and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="disagreements to print")
    options = parser.parse_args()
    started = time.perf_counter()
    accepted = found = 0
    for text in documents(options.documents, options.seed):
        raw = text.encode("utf-8", "surrogatepass")
        if parse_fast(raw) is not REFUSED:
            accepted += 1
        difference = disagreement(text)
        if difference is not None:
            found += 1
            if found <= options.show:
                print(repr(text), difference, sep="\n    ")
    seconds = time.perf_counter() - started
    print(f"{options.documents:,} documents, {accepted:,} accepted, {found:,} disagreements, {seconds:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
