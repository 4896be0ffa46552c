"""Registries to raw: readers, gates and loads."""
