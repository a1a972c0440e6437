"""Prove that every rule fires: `ficli selftest`."""
