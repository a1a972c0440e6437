"""The keys come from variables, both or none, and are never shown."""

from __future__ import annotations

import pytest

from ficli.errors import UsageError
from ficli.web.archives.service import KEY, SECRET, Keys, keys_from


def test_both_or_none() -> None:
    keys = keys_from({KEY: "accesskey0", SECRET: "topsecret0"})

    assert keys == Keys("accesskey0", "topsecret0")
    assert keys is not None
    assert keys.header() == "LOW accesskey0:topsecret0"
    assert keys_from({}) is None
    assert keys_from({KEY: "", SECRET: ""}) is None


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({KEY: "accesskey0"}, SECRET),
        ({SECRET: "topsecret0"}, KEY),
        ({KEY: "accesskey0", SECRET: "topsecret0\r\nX: y"}, SECRET),
        ({KEY: "accesskey0", SECRET: "topsecret0\n"}, SECRET),
        ({KEY: "accesskey0", SECRET: " topsecret0"}, SECRET),
        ({KEY: "accesskey0", SECRET: "topsecret0é"}, SECRET),
        ({KEY: "accesskey0:topsecret0", SECRET: "topsecret0"}, KEY),
        ({KEY: "accesskey0", SECRET: "topsecret0" * 21}, SECRET),
        ({KEY: "accesskey0", SECRET: "short"}, SECRET),
    ],
)
def test_what_can_be_no_key_is_named_and_not_shown(variables: dict[str, str], named: str) -> None:
    with pytest.raises(UsageError) as caught:
        keys_from(variables)

    assert f"`{named}`" in caught.value.message
    assert "topsecret0" not in caught.value.message + caught.value.hint
    assert "accesskey0" not in caught.value.message + caught.value.hint


def test_keys_are_not_shown() -> None:
    keys = Keys("accesskey0", "topsecret0")

    assert repr(keys) == str(keys) == f"{keys}" == "Keys()"
