"""Xiaoneng (效能): every matter has a named owner, a lawful clock, a public trace and a consequence."""

__version__ = "0.1.0"
