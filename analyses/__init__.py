"""Exhibits: figures and the report."""
