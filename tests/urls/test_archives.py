"""The page behind an archived copy, the day of the copy, and who keeps it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.urls.archives import ARCHIVE_SERVICES, unwrap_archive
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parse import parse_url

PAGE = "https://example.org/a"


@pytest.mark.parametrize(
    ("copy", "original", "captured", "service"),
    [
        (f"https://web.archive.org/web/20240214123456/{PAGE}", PAGE, "2024-02-14", "Wayback Machine"),
        (f"http://web.archive.org/web/20240214123456id_/{PAGE}", PAGE, "2024-02-14", "Wayback Machine"),
        (f"https://web.archive.org/web/202402/{PAGE}?b=c&d#e", f"{PAGE}?b=c&d", "2024-02", "Wayback Machine"),
        (f"https://web.archive.org/web/2024/{PAGE}", PAGE, "2024", "Wayback Machine"),
        (f"https://web.archive.org/web/20241/{PAGE}", PAGE, "2024", "Wayback Machine"),
        (f"https://web.archive.org/web/2/{PAGE}", PAGE, None, "Wayback Machine"),
        (f"https://web.archive.org/web/20249999/{PAGE}", PAGE, None, "Wayback Machine"),
        (f"https://web.archive.org/web/*/{PAGE}", PAGE, None, "Wayback Machine"),
        (f"https://web.archive.org/web/2024*/{PAGE}", PAGE, None, "Wayback Machine"),
        (f"https://web.archive.org/web/{PAGE}", PAGE, None, "Wayback Machine"),
        (f"https://web.archive.org/save/{PAGE}", PAGE, None, "Wayback Machine"),
        (f"https://www.archive.org/wayback/2024/{PAGE}", PAGE, "2024", "Wayback Machine"),
        ("https://web.archive.org/web/2024/http:/example.org/a", "http://example.org/a", "2024", "Wayback Machine"),
        ("https://web.archive.org/web/2024/example.org/a", "http://example.org/a", "2024", "Wayback Machine"),
        ("https://web.archive.org/web/2024/https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc", f"{PAGE}?b=c", "2024",
         "Wayback Machine"),
        ("https://web.archive.org/web/2024/http://[2001:db8::1]/", "http://[2001:db8::1]/", "2024", "Wayback Machine"),
        ("https://web.archive.org/web/2024/nothing", "", "2024", "Wayback Machine"),
        ("https://web.archive.org/web/2024/https://exa_mple..org/", "", "2024", "Wayback Machine"),
        (f"https://archive.ph/20240214123456/{PAGE}", PAGE, "2024-02-14", "archive.today"),
        (f"https://archive.is/2024.02.14-123456/{PAGE}", PAGE, "2024-02-14", "archive.today"),
        (f"http://archive.today/newest/{PAGE}", PAGE, None, "archive.today"),
        (f"https://archive.md/o/AbC12/{PAGE}", PAGE, None, "archive.today"),
        (f"https://archive.vn/{PAGE}", PAGE, None, "archive.today"),
        ("https://archive.ph/AbC12", "", None, "archive.today"),
        ("https://archive.ph/wip/AbC12", "", None, "archive.today"),
        ("https://archive.ph/AbC12/image", "", None, "archive.today"),
        ("https://perma.cc/AB12-CD34", "", None, "Perma.cc"),
        ("https://perma.cc/AB12-CD34?type=image", "", None, "Perma.cc"),
        ("https://ghostarchive.org/archive/AbC12", "", None, "Ghostarchive"),
        (f"https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:{PAGE}+chatbot&hl=en", PAGE, None,
         "Google cache"),
        (f"https://webcache.googleusercontent.com/search?hl=en&q=cache%3A{PAGE}", PAGE, None, "Google cache"),
        ("https://webcache.googleusercontent.com/search?q=cache:example.org/a", "http://example.org/a", None,
         "Google cache"),
        (f"https://www.webcitation.org/query?date=2012-01-01&url={PAGE}", PAGE, None, "WebCite"),
        ("https://www.webcitation.org/6AbCdEfGh", "", None, "WebCite"),
        ("https://cc.bingj.com/cache.aspx?q=a&d=1", "", None, "Bing cache"),
        (f"https://wayback.archive-it.org/1234/20240214/{PAGE}", PAGE, "2024-02-14", "Archive-It"),
        (f"https://arquivo.pt/wayback/20240214/{PAGE}", PAGE, "2024-02-14", "Arquivo.pt"),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20240214mp_/{PAGE}", PAGE, "2024-02-14",
         "UK Government Web Archive"),
        (f"https://webarchive.nationalarchives.gov.uk/20240214/{PAGE}", PAGE, "2024-02-14",
         "UK Government Web Archive"),
        (f"https://www.webarchive.org.uk/wayback/en/archive/20240214/{PAGE}", PAGE, "2024-02-14", "UK Web Archive"),
        (f"https://webarchive.loc.gov/all/20240214/{PAGE}", PAGE, "2024-02-14", "Library of Congress"),
        (f"https://megalodon.jp/2024-0214-1234-56/{PAGE}", PAGE, "2024-02-14", "Megalodon"),
    ],
)  # fmt: skip
def test_a_copy_is_unwrapped(copy: str, original: str, captured: str | None, service: str) -> None:
    archived = unwrap_archive(copy)
    assert archived is not None
    assert archived.original == original
    assert (None if archived.captured is None else str(archived.captured)) == captured
    assert archived.service == service


@pytest.mark.parametrize(
    "text",
    [
        PAGE, "https://web.archive.org/", "https://archive.org/details/tv", "https://archive.ph/", "https://archive.ph/faq",
        "https://perma.cc/about", "https://perma.cc/sign-up", "https://www.webcitation.org/", "not an address", "",
        f"https://example.org/web/2024/{PAGE}", "https://webcache.googleusercontent.com/search?q=chatbot",
        f"https://web.archive.org.example.org/web/2024/{PAGE}", f"https://web.archive.org/WEB/2024/{PAGE}",
    ],
)  # fmt: skip
def test_other_addresses_are_no_copies(text: str) -> None:
    assert unwrap_archive(text) is None


@given(st.text(max_size=40))
def test_the_original_is_an_address_or_nothing(rest: str) -> None:
    for start in ("https://web.archive.org/web/2024/", "https://archive.ph/", "https://perma.cc/"):
        archived = unwrap_archive(start + rest)
        assert archived is None or archived.original == "" or parse_url(archived.original) is not None


def test_every_service_is_known_as_an_archive() -> None:
    assert [service.name for service in ARCHIVE_SERVICES] == sorted(
        (service.name for service in ARCHIVE_SERVICES), key=str.casefold
    )
    hosts = [host for service in ARCHIVE_SERVICES for host in service.hosts if host != "archive.org"]
    assert [host for host in hosts if HostKind.ARCHIVE not in host_kinds(f"https://{host}/")] == []
