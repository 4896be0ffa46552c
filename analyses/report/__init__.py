"""The report: one page that holds every exhibit, its data, and the registrations behind each number."""

from analyses.report.build import build_report

__all__ = ["build_report"]
