"""The domain that one owner has, by the public suffix list with its private section."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.urls.domains import is_public_suffix, registrable_domain


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.ftc.gov/news-events/a", "ftc.gov"),
        ("https://law.justia.com/cases/", "justia.com"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("BBC.co.uk.", "bbc.co.uk"),
        ("https://www.gov.uk/a", "www.gov.uk"),
        ("https://edpb.europa.eu/", "europa.eu"),
        ("https://city.kobe.jp/", "city.kobe.jp"),
        ("https://a.b.kobe.jp/", "a.b.kobe.jp"),
        ("https://www.ck/", "www.ck"),
        ("https://one.github.io/a", "one.github.io"),
        ("https://a.one.github.io/a", "one.github.io"),
        ("https://two.blogspot.com/", "two.blogspot.com"),
        ("https://one.substack.com/p/a", "one.substack.com"),
        ("https://www.one.substack.com/p/a", "one.substack.com"),
        ("https://substack.com/@one", "substack.com"),
        ("https://www.medium.com/a", "medium.com"),
        ("https://github.io/", "github.io"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("a.b.unknownending", "b.unknownending"),
        ("http://192.0.2.1/", "192.0.2.1"),
        ("http://127.1/", "127.0.0.1"),
        ("http://[2001:db8::1]:8080/", "[2001:db8::1]"),
        ("https://www.straße.de/", "xn--strae-oqa.de"),
        ("www.食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("a.食狮.中国", "xn--85x722f.xn--fiqs8s"),
        ("not a host", ""),
        ("https://", ""),
        ("", ""),
        ("a..b", ""),
    ],
)
def test_the_domain_of_an_owner(text: str, domain: str) -> None:
    assert registrable_domain(text) == domain


@pytest.mark.parametrize("host", ["com", "co.uk", "github.io", "substack.com", "xn--fiqs8s"])
def test_anybody_may_register_below_a_public_suffix(host: str) -> None:
    assert is_public_suffix(host)


@pytest.mark.parametrize("host", ["example.com", "bbc.co.uk", "a.github.io", "192.0.2.1", "[::1]"])
def test_a_domain_of_an_owner_is_no_public_suffix(host: str) -> None:
    assert not is_public_suffix(host)


@given(st.text(max_size=30))
def test_a_domain_is_its_own_domain(text: str) -> None:
    domain = registrable_domain(text)
    assert domain == "" or registrable_domain(domain) == domain


def test_the_list_is_read_when_it_is_first_asked() -> None:
    code = (
        "import sys; import ficli.incident.derived; from ficli.urls.identity import match_key;"
        "match_key('https://www.example.org/a?utm_source=b');"
        "print([name for name in ('publicsuffixlist', 'idna', 'ipaddress') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
