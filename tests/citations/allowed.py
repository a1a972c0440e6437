"""What each data format allows, written down from its documentation as far as ficli writes the format.

BibLaTeX is what biber 2.18 accepts with `--validate-datamodel`; CFF what cffconvert 2.0.0 accepts as version 1.2.0.
"""

from __future__ import annotations

from typing import Any

_MISC = {"author", "title", "howpublished", "month", "year", "note", "url"}
_ONLINE = {"author", "title", "organization", "date", "note", "url", "urldate", "langid"}
_DATASET = {"author", "title", "publisher", "version", "date", "note", "url", "urldate", "langid"}

BIBLIOGRAPHY = {"bibtex": {"misc": _MISC}, "biblatex": {"online": _ONLINE, "dataset": _DATASET}}
"""Fields by format and entry; `url` is no field of the oldest styles, which pass over it."""

RIS = set("TY ID AU TI T2 PB PY DA ET AN DB LA UR Y2 N1 ER".split())

_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
_CSL_DATE = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
CSL_JSON: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": _TEXT,
            "type": {"enum": ["webpage", "dataset"]},
            "author": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": False, "properties": {"literal": _TEXT}},
            },
            "issued": _CSL_DATE,
            "accessed": _CSL_DATE,
            **dict.fromkeys("title container-title publisher number version URL language note".split(), _TEXT),
        },
    },
}

_CFF_DATE = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_CFF_AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["name"], "additionalProperties": False, "properties": {"name": _TEXT}},
}
_CFF_REFERENCE = {
    "type": "object",
    "required": ["authors", "title", "type"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["database", "website"]},
        "authors": _CFF_AUTHORS,
        "title": _TEXT,
        "database": _TEXT,
        "number": _TEXT,
        "date-published": _CFF_DATE,
        "date-accessed": _CFF_DATE,
        "year": {"type": "integer"},
        "url": _ADDRESS,
        "notes": _TEXT,
    },
}
CFF: dict[str, Any] = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": _TEXT,
        "title": _TEXT,
        "type": {"enum": ["dataset", "software"]},
        "authors": _CFF_AUTHORS,
        "version": _TEXT,
        "date-released": _CFF_DATE,
        "url": _ADDRESS,
        "license": {"const": "CC-BY-4.0"},
        "preferred-citation": _CFF_REFERENCE,
        "references": {"type": "array", "minItems": 1, "items": _CFF_REFERENCE},
    },
}

_AGENT = {
    "type": "object",
    "required": ["@type", "name"],
    "additionalProperties": False,
    "properties": {"@type": {"enum": ["Organization", "Person"]}, "name": _TEXT},
}
_DAY = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_NODE: dict[str, Any] = {
    "@context": {"const": "https://schema.org"},
    "@type": {"enum": ["WebPage", "Dataset"]},
    "@id": _ADDRESS,
    "url": _ADDRESS,
    "name": _TEXT,
    "identifier": {
        "type": "object",
        "required": ["@type", "propertyID", "value"],
        "additionalProperties": False,
        "properties": {"@type": {"const": "PropertyValue"}, "propertyID": _TEXT, "value": _TEXT},
    },
    "author": {"type": "array", "items": _AGENT},
    "publisher": _AGENT,
    "datePublished": _DAY,
    "version": _TEXT,
    "inLanguage": _TEXT,
    "license": _TEXT,
    "isPartOf": {
        "type": "object",
        "required": ["@type", "name", "url"],
        "additionalProperties": False,
        "properties": {"@type": {"const": "Dataset"}, "name": _TEXT, "url": _ADDRESS},
    },
    "creativeWorkStatus": _TEXT,
}
JSON_LD: dict[str, Any] = {
    "type": "object",
    "required": ["@context"],
    "properties": {
        **_NODE,
        "@graph": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "required": ["@type", "name"],
                "additionalProperties": False,
                "properties": _NODE,
            },
        },
    },
    "additionalProperties": False,
}
