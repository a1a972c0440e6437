"""Records in other languages than English, and records of unusual size: what is not understood is not judged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ficli.commands.selftest.selftest import base_record
from ficli.config import Config
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.rules.catalogue import RULES
from ficli.rules.check_registry import check_registry
from ficli.rules.contract import Settings
from ficli.rules.selection import select_rules

if TYPE_CHECKING:
    from pathlib import Path

BASE = base_record()
TEXTS = {
    "Japanese": (
        "銀行のチャットボットが存在しない返金を約束した",
        "ある銀行の相談用チャットボットが、すべての手数料は返金されると顧客に伝えた。銀行にそのような返金制度はなく、苦情が相次いだ。",
        "例示銀行",
    ),
    "Arabic": (
        "روبوت الدردشة في البنك يعد باسترداد رسوم غير موجودة",
        "أخبر روبوت الدردشة في أحد البنوك العملاء بأن جميع الرسوم تُسترد عند الطلب. لا يقدم البنك مثل هذه الاستردادات.",
        "بنك المثال",
    ),
    "Turkish": (
        "İstanbul’daki bankanın sohbet botu olmayan iadeleri vaat etti",
        "Bir bankanın sohbet botu müşterilere her ücretin iade edildiğini söyledi. Bankanın böyle bir iadesi yoktur; ısrar edenler geri çevrildi.",
        "Örnek Bankası",
    ),
    "mixed scripts": (
        "Чат-бот банка 例示銀行 обещает возврат комиссий",
        "Чат-бот банка 例示銀行 сообщил клиентам, что любая комиссия возвращается по запросу. Банк таких возвратов не делает.",
        "例示銀行 Russia",
    ),
}


def findings(text: str, root: Path) -> list[str]:
    (root / "incidents").mkdir()
    (root / "incidents" / "FI-0042.yaml").write_text(text, encoding="utf-8")
    config = Config(root=root)
    settings = Settings(config, shipped_taxonomy(), date(2026, 11, 23), frozenset(RULES))
    found = check_registry(settings, select_rules(RULES, config, list_info=True))
    assert not found.unread
    return sorted({item.rule for item in found.diagnostics} - {"unformatted"})  # long lines are laid out elsewhere


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_that_is_not_understood_is_not_judged(language: str, tmp_path: Path) -> None:
    title, summary, organization = TEXTS[language]
    head, _, rest = BASE.partition("title: ")
    _, _, rest = rest.partition("organizations:")
    text = f"{head}title: {title}\nsummary: {summary}\norganizations:{rest}".replace(
        "Example Bank\n", f"{organization}\n"
    )
    text = text.replace("what_happened: >-\n", f"what_happened: >-\n  {summary}\n")
    start, end = text.index("  Customers of Example"), text.index("sources:")

    assert findings(text[:start] + text[end:], tmp_path) == []


def test_a_long_paragraph_without_a_full_stop(tmp_path: Path) -> None:
    long = "and then the chatbot answered again " * 2800
    text = BASE.replace("what_happened: >-\n", f"what_happened: >-\n  {long}\n")

    assert findings(text, tmp_path) == []


def test_a_title_of_one_word(tmp_path: Path) -> None:
    title = "title: Example Bank's chatbot promises refunds that do not exist"

    assert findings(BASE.replace(title, "title: Refunds"), tmp_path) == []


def test_five_hundred_sources(tmp_path: Path) -> None:
    source = (
        "  - kind: press\n    title: Report {n} on refunds\n    url: https://paper-{n}.example/refunds\n"
        "    publisher: Paper {n}\n    published: 2025-05-10\n    archive:\n"
        "      url: https://web.archive.org/web/20250511000000/https://paper-{n}.example/refunds\n"
    )

    assert findings(BASE + "".join(source.format(n=n) for n in range(500)), tmp_path) == []
