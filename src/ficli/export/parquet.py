"""The records as a Parquet file for analysis, with lists and mappings kept as such; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from ficli.errors import FicliError, UsageError, why_failed
from ficli.export.dataset import FORMAT, Dataset
from ficli.export.fields import field_type
from ficli.export.json_ import tombstone_data

if TYPE_CHECKING:
    from ficli.incident.schema import Schema

_ROW_GROUP = 2000
"""Rows in memory at a time, which a reader may also skip together."""


def require() -> None:
    """Check that pyarrow can be used.

    Raises:
        UsageError: it is not installed.

    """
    if find_spec("pyarrow") is None:
        message = "the format `parquet` needs pyarrow, which is not installed"
        raise UsageError(message, hint='`pip install "ficli[parquet]"` installs it')


def write(dataset: Dataset, rows: Iterable[Mapping[str, Any]], path: str) -> None:
    """Write records.

    Args:
        dataset: the index they are of.
        rows: the records.
        path: an empty file.

    Raises:
        FicliError: the disk is full.

    """
    _write(dataset, dataset.fields, rows, path)


def write_tombstones(dataset: Dataset, path: str) -> None:
    """Write the tombstones; raises as `write` does."""
    from ficli.incident.schema import shipped_schema

    fields = shipped_schema("index")["definitions"]["tombstone"]["properties"]
    _write(dataset, fields, map(tombstone_data, dataset.tombstones), path)


def _write(dataset: Dataset, fields: Mapping[str, Schema], rows: Iterable[Mapping[str, Any]], path: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, _arrow_type(field)) for name, field in fields.items()], metadata=_metadata(dataset))
    iterator = iter(rows)
    try:
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            while batch := list(islice(iterator, _ROW_GROUP)):
                writer.write_batch(pa.RecordBatch.from_pylist(batch, schema))
    except OSError as error:
        message = f"the Parquet file could not be written: {why_failed(error)}"
        raise FicliError(message, hint="nothing was changed in the old file") from error


def _metadata(dataset: Dataset) -> dict[str, str]:
    config = dataset.config
    return {
        "format": str(FORMAT),
        "index": config.name,
        "steward": config.steward,
        "base_url": config.base_url,
        "licence": config.licence,
        "version": dataset.version,
    }


def _arrow_type(field: Schema) -> Any:  # noqa: ANN401 - pyarrow publishes no types
    import pyarrow as pa

    match field_type(field):
        case "array":
            return pa.list_(_arrow_type(field["items"]))
        case "object":
            return pa.struct([(name, _arrow_type(inner)) for name, inner in field["properties"].items()])
        case "integer":
            return pa.int64()
        case "number":
            return pa.float64()
        case "boolean":
            return pa.bool_()
    return pa.string()
