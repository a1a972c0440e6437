"""ficli curates a public index of AI failures: scaffold, validate, link, number and cite incident records."""

__version__ = "0.1.0"


def project_url(name: str) -> str:
    """Return an address from `[project.urls]` in `pyproject.toml`, as the package carries it; empty if not set."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        entries: list[str] = metadata("ficli").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    return dict(entry.split(", ", 1) for entry in entries).get(name, "")
