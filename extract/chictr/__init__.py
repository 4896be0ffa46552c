"""ChiCTR: per-trial XML downloads and saved detail pages."""

from extract.chictr import settings

__all__ = ["settings"]
