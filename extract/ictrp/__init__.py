"""WHO ICTRP: portal XML, portal list CSV and the full export, rows of all source registers."""

from extract.ictrp import settings

__all__ = ["settings"]
