"""ficli curates a public index of AI failures: scaffold, validate, link, number and cite incident records."""

__version__ = "0.1.0"
