"""ClinicalTrials.gov to readings: saved files, and the API v2 through dlt's REST client."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec
from dlt.sources.helpers.rest_client import RESTClient
from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator
from requests import Request

from extract.clinicaltrials_gov import read
from extract.clinicaltrials_gov.settings import COUNTRY, PAGE_SIZE
from extract.errors import SourceUnreachable
from extract.http import PoliteSession
from extract.inbox import Buffer
from extract.records import Reading
from extract.text import parse_time

SEARCH_TERMS = Path(__file__).parents[2] / "seeds" / "lexicon" / "search_terms.csv"
SEARCH_FIELDS = ("query.intr", "query.term")


def read_file(data: Buffer, shape: str) -> Iterator[Reading]:
    """Yield the readings of a file of a recognised shape."""
    yield from read.read(data, shape)


@dataclass(frozen=True, slots=True)
class Search:
    """One search of the API: its name for people, what it asks for, and since when."""

    name: str
    query: tuple[tuple[str, str], ...]
    since: date | None = None
    # How the ledger says since when; empty for a search from the beginning.
    note: str = ""

    @property
    def scope(self) -> str:
        """Return the search without its date: two runs of one scope can continue one another."""
        return "&".join(f"{key}={value}" for key, value in self.query) or "everything"

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the request for the first page."""
        parameters = {**dict(self.query), "format": "json", "pageSize": str(PAGE_SIZE), "countTotal": "true"}
        if self.since:
            updated = f"AREA[LastUpdatePostDate]RANGE[{self.since.isoformat()},MAX]"
            filters = [part for part in (parameters.get("filter.advanced"), updated) if part]
            parameters["filter.advanced"] = " AND ".join(filters)
        return parameters


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the body as it came, and how far it brings the search."""

    body: bytes
    number: int
    n_studies: int
    n_fetched: int
    n_total: int | None


class InconsistentSearch(SourceUnreachable):
    """The pages of a search do not make the whole that the API announced: its data changed on the way."""


def searches(*, full: bool) -> list[Search]:
    """Return the searches of a run: everything, or the search terms of each field among studies with a site in China.

    The API joins its query parameters by AND, so the terms of two fields are two searches; what both find is the same
    study.
    """
    if full:
        return [Search("everything", ())]
    country = ("filter.advanced", f"AREA[LocationCountry]{COUNTRY}")
    terms = search_terms()
    return [Search(field, ((field, " OR ".join(terms[field])), country)) for field in SEARCH_FIELDS if terms.get(field)]


def search_terms(file: Path = SEARCH_TERMS) -> dict[str, list[str]]:
    """Return the terms of the seed by the field they are searched in; a term of several words is a phrase."""
    terms: dict[str, list[str]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["field"] not in SEARCH_FIELDS:
                raise ValueError(f"{file}: {row['field']!r} is not one of {', '.join(SEARCH_FIELDS)}")
            terms.setdefault(row["field"], []).append(f'"{row["term"]}"')
    return terms


class _StudiesPaginator(JSONResponseCursorPaginator):
    """Follows ``nextPageToken`` until it is absent; the token is opaque, and the total is only asked for once."""

    def __init__(self) -> None:
        super().__init__(cursor_path="nextPageToken", cursor_param="pageToken")

    def update_request(self, request: Request) -> None:
        """Ask for the next page."""
        super().update_request(request)
        if isinstance(request.params, dict):
            request.params.pop("countTotal", None)


class _Identification(msgspec.Struct):
    nctId: str | None = None  # noqa: N815 - the API's own names, here and below


class _Protocol(msgspec.Struct):
    identificationModule: _Identification | None = None  # noqa: N815


class _Study(msgspec.Struct):
    protocolSection: _Protocol | None = None  # noqa: N815


class _Envelope(msgspec.Struct):
    """What the checks of a search need of a page; msgspec skips the rest."""

    studies: list[_Study]
    totalCount: int | None = None  # noqa: N815


class Api:
    """The API v2 at a base URL."""

    def __init__(self, base_url: str, interval_seconds: float) -> None:
        """Open a session; nothing is sent yet."""
        self.base_url = base_url.rstrip("/")
        self._client = RESTClient(
            base_url=self.base_url, session=PoliteSession(interval_seconds), data_selector="studies"
        )

    def data_timestamp(self) -> datetime:
        """Return the state of the registry that the API serves.

        Raises:
            SourceUnreachable: the API does not answer, or states none.

        """
        answer = self._client.get("version", hooks={"response": []})
        stamp = parse_time(str(answer.json().get("dataTimestamp") or ""))
        if stamp is None:
            raise SourceUnreachable(f"{self.base_url}/version states no dataTimestamp: {answer.text[:200]}")
        return stamp

    def pages(self, search: Search) -> Iterator[Page]:
        """Yield the pages of a search.

        Raises:
            InconsistentSearch: the pages hold more or fewer studies than the first one announced.
            SourceUnreachable: the API does not answer, or rejects the search.

        """
        total: int | None = None
        fetched = 0
        seen: set[str] = set()
        # The session judges answers itself; dlt's own hook would raise before it can try again.
        paginated = self._client.paginate(
            "studies", params=search.parameters(), paginator=_StudiesPaginator(), hooks={"response": []}
        )
        for number, answer in enumerate(paginated, start=1):
            body = answer.response.content
            envelope = _envelope(body, self.base_url)
            if number > 1 and not envelope.studies:
                raise InconsistentSearch(f"{self.base_url}/studies sent page {number} without a study")
            total = envelope.totalCount if number == 1 else total
            fetched += len(envelope.studies)
            for number_of_study in filter(None, map(_number_of, envelope.studies)):
                if number_of_study in seen:
                    raise InconsistentSearch(f"{self.base_url}/studies sent {number_of_study} twice")
                seen.add(number_of_study)
            yield Page(body, number, len(envelope.studies), fetched, total)
        if total is not None and fetched != total:
            raise InconsistentSearch(f"{self.base_url}/studies announced {total:,} studies and sent {fetched:,}")


def _envelope(body: bytes, base_url: str) -> _Envelope:
    try:
        return msgspec.json.decode(body, type=_Envelope)
    except msgspec.ValidationError as error:
        raise SourceUnreachable(f"{base_url}/studies answered with something else than studies: {error}") from error


def _number_of(study: _Study) -> str | None:
    protocol = study.protocolSection
    return protocol.identificationModule.nctId if protocol and protocol.identificationModule else None
