"""Make a registry: `ficli init`."""
