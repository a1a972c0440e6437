"""What the tests of documents share: a record as a curator writes it."""

from __future__ import annotations

import pytest

RECORD = """\
# yaml-language-server: $schema=../schema/incident.schema.json

schema_version: 1
id: FI-0232
slug: klarna-reintroduces-human-agents
status: published
title: Klarna reintroduces human agents after AI customer service quality declines
summary: >-
  Klarna began to hire people again for customer service, because the quality of the answers of its
  assistant had fallen.
quote:
  text: "As cost unfortunately seems to have been a too predominant evaluation factor"
  speaker: Sebastian Siemiatkowski # to Bloomberg
  source: 1
organizations:
  - name: Klarna
    role: deployer
incident_date: 2025-05-08
countries: [SE, US]
what_happened: |
  Klarna replaced people with an assistant.

  In May 2025 it said that the result was lower quality.
impact:
  public_visibility: high
  amounts:
    - value: 40.5
      currency: USD
sources:
  # the first report
  - kind: press
    title: 'Klarna Turns From AI to Real Person Customer Service'
    url: https://www.bloomberg.com/news/articles/2025-05-08/klarna
    published: 2025-05-08

  - kind: press
    title: Klarna changes its AI tune
    url: https://www.customerexperiencedive.com/news/747586/
    archive:
      url: https://web.archive.org/web/2025/https://www.customerexperiencedive.com/
tags: []
"""


@pytest.fixture
def record() -> str:
    """Return the text of a record in the house layout."""
    return RECORD
