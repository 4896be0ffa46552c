"""The live extraction against a server of our own that behaves, and misbehaves, as the API v2 does."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import duckdb
import pytest

from extract import run
from extract.errors import GateFailed, SourceUnreachable, UsageError
from extract.http import PoliteSession
from extract.report import ImportReport

# A fault answers one request in place of the API: status, content type, body, further headers.
Fault = tuple[int, str, str, dict[str, str]]

UNAVAILABLE: Fault = (503, "text/plain", "Service Unavailable", {})
TOO_MANY: Fault = (429, "text/plain", "Too Many Requests", {"Retry-After": "0"})
MAINTENANCE: Fault = (200, "text/html", "<html><body>Down for maintenance</body></html>", {})
CUT_OFF: Fault = (200, "application/json", '{"studies":[{"protocolSection":', {})
BAD_REQUEST: Fault = (400, "text/plain", "Essie syntax error at position 7", {})


class Registry:
    """What the server serves, and what was asked of it."""

    def __init__(self, n_studies: int) -> None:
        self.studies = [self.study(number) for number in range(1, n_studies + 1)]
        self.timestamps = ["2026-09-04T09:00:06"]
        self.page_size = 2
        self.total = lambda found: found
        self.faults: list[Fault] = []
        self.faults_after = 0
        self.requests: list[tuple[str, dict[str, str], float]] = []

    @staticmethod
    def study(number: int) -> dict[str, Any]:
        return {
            "protocolSection": {
                "identificationModule": {
                    "nctId": f"NCT9990{number:04d}",
                    "briefTitle": f"Made-up CAR-T study {number}",
                },
                "statusModule": {
                    "overallStatus": "RECRUITING",
                    "studyFirstSubmitDate": "2021-03-04",
                    "lastUpdatePostDateStruct": {"date": "2024-05-06"},
                },
            }
        }

    def asked(self, path: str) -> list[dict[str, str]]:
        return [parameters for asked_path, parameters, _ in self.requests if asked_path == path]

    def answer(self, path: str, parameters: dict[str, str]) -> Fault:
        self.requests.append((path, parameters, time.monotonic()))
        if self.faults and len(self.requests) > self.faults_after:
            return self.faults.pop(0)
        if path == "/api/v2/version":
            stamp = self.timestamps.pop(0) if len(self.timestamps) > 1 else self.timestamps[0]
            return self.json({"apiVersion": "2.0.5", "dataTimestamp": stamp})
        if path == "/api/v2/studies":
            return self.json(self.page(parameters))
        if path == "/api/v2/studies/NCT99908888":
            return (301, "text/plain", "", {"Location": "/api/v2/studies/NCT99900001"})
        if path == "/api/v2/studies/NCT99900001":
            return self.json(self.studies[0])
        return (404, "text/plain", "Not found", {})

    def page(self, parameters: dict[str, str]) -> dict[str, Any]:
        token = parameters.get("pageToken", "opaque-0")
        start = int(token.removeprefix("opaque-"))
        answer: dict[str, Any] = {"studies": self.studies[start : start + self.page_size]}
        if parameters.get("countTotal") == "true":
            answer["totalCount"] = self.total(len(self.studies))
        if start + self.page_size < len(self.studies):
            answer["nextPageToken"] = f"opaque-{start + self.page_size}"
        return answer

    @staticmethod
    def json(value: Any) -> Fault:
        return (200, "application/json", json.dumps(value), {})


@pytest.fixture
def registry() -> Registry:
    return Registry(5)


@pytest.fixture
def base_url(registry: Registry) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlparse(self.path)
            parameters = {key: values[0] for key, values in parse_qs(url.query).items()}
            status, content_type, body, headers = registry.answer(url.path, parameters)
            self.send_response(status)
            for name, value in {
                "Content-Type": content_type,
                "Content-Length": str(len(body.encode())),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/v2"
    server.shutdown()
    server.server_close()


@pytest.fixture
def extract(tmp_path: Path, base_url: str) -> Callable[..., ImportReport]:
    def call(since: date | None = None, *, full: bool = True, request_interval: float = 0) -> ImportReport:
        return run.extract_live(
            ["clinicaltrials_gov"],
            home=tmp_path,
            since=since,
            full=full,
            base_url=base_url,
            request_interval=request_interval,
        )

    return call


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(run.database_of(home)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_all_pages_are_loaded_with_the_data_cut(
    extract: Callable[..., ImportReport], registry: Registry, tmp_path: Path
) -> None:
    report = extract()
    assert (report.n_read, report.n_loaded) == (5, 5)
    cuts = rows(
        tmp_path,
        "select count(*), count(distinct registration_id), any_value(data_cut)::varchar from raw.clinicaltrials_gov",
    )
    assert cuts == [(5, 5, "2026-09-04 09:00:06")]
    pages = registry.asked("/api/v2/studies")
    assert [page.get("pageToken") for page in pages] == [None, "opaque-2", "opaque-4"]
    assert [page.get("countTotal") for page in pages] == ["true", None, None]
    assert {page["pageSize"] for page in pages} == {"1000"}
    assert len(registry.asked("/api/v2/version")) == 2
    assert extract().n_loaded == 0


def test_the_query_is_built_from_the_seed_with_the_country_filter(
    extract: Callable[..., ImportReport], registry: Registry
) -> None:
    extract(full=False)
    first, second = (page for page in registry.asked("/api/v2/studies") if "countTotal" in page)
    assert '"chimeric antigen receptor" OR ' in first["query.intr"]
    assert '"mesenchymal stem cell"' in first["query.intr"]
    assert '"CAR-T"' in second["query.term"]
    assert first["filter.advanced"] == second["filter.advanced"] == "AREA[LocationCountry]China"
    # The API would join the two by AND.
    assert "query.term" not in first
    assert "query.intr" not in second


def test_everything_is_asked_for_without_query_and_filter(
    extract: Callable[..., ImportReport], registry: Registry
) -> None:
    extract(full=True)
    assert set(registry.asked("/api/v2/studies")[0]) == {"format", "pageSize", "countTotal"}


def test_the_next_run_asks_for_what_changed_since_with_overlap(
    extract: Callable[..., ImportReport], registry: Registry
) -> None:
    extract(full=False)
    registry.requests.clear()
    registry.timestamps = ["2026-09-09T09:00:00"]
    extract(full=False)
    changed = "AREA[LocationCountry]China AND AREA[LastUpdatePostDate]RANGE[2026-09-02,MAX]"
    assert {page["filter.advanced"] for page in registry.asked("/api/v2/studies")} == {changed}
    registry.requests.clear()
    extract(full=False)
    assert "RANGE[2026-09-07,MAX]" in registry.asked("/api/v2/studies")[0]["filter.advanced"]
    # Another search begins at the beginning: what the first found says nothing about it.
    registry.requests.clear()
    extract(full=True)
    assert "filter.advanced" not in registry.asked("/api/v2/studies")[0]


def test_a_date_asked_for_counts_once_and_leaves_no_gap(
    extract: Callable[..., ImportReport], registry: Registry
) -> None:
    extract(full=True)
    registry.timestamps = ["2026-10-30T09:00:00"]
    registry.requests.clear()
    extract(date(2026, 10, 20), full=True)
    assert registry.asked("/api/v2/studies")[0]["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-10-20,MAX]"
    registry.requests.clear()
    extract(full=True)
    assert registry.asked("/api/v2/studies")[0]["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-09-02,MAX]"


@pytest.mark.parametrize(
    "faults", [[UNAVAILABLE, UNAVAILABLE], [TOO_MANY], [MAINTENANCE], [CUT_OFF, TOO_MANY, MAINTENANCE]]
)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_passes_is_waited_for(
    extract: Callable[..., ImportReport], registry: Registry, faults: list[Fault], after: int
) -> None:
    registry.faults = list(faults)
    registry.faults_after = after
    assert extract().n_loaded == 5


@pytest.mark.parametrize("fault", [UNAVAILABLE, TOO_MANY, MAINTENANCE])
def test_what_does_not_pass_is_unreachable_and_loads_nothing(
    extract: Callable[..., ImportReport], registry: Registry, tmp_path: Path, fault: Fault
) -> None:
    registry.faults = [fault] * 100
    registry.faults_after = 2
    with pytest.raises(SourceUnreachable, match="could not be read in 6 attempts"):
        extract()
    assert len(registry.requests) == 8
    assert rows(tmp_path, "select count(*) from raw.clinicaltrials_gov") == [(0,)]


def test_a_rejected_query_is_said_and_not_tried_again(extract: Callable[..., ImportReport], registry: Registry) -> None:
    registry.faults = [BAD_REQUEST]
    registry.faults_after = 1
    with pytest.raises(SourceUnreachable, match="Essie syntax error at position 7"):
        extract()
    assert len(registry.asked("/api/v2/studies")) == 1


def test_no_server_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match="no connection"):
        run.extract_live(
            ["clinicaltrials_gov"], home=tmp_path, base_url="http://127.0.0.1:9/api/v2", request_interval=0
        )


def test_a_refresh_of_the_registry_starts_over_once(
    extract: Callable[..., ImportReport], registry: Registry, tmp_path: Path
) -> None:
    registry.timestamps = ["2026-09-04T09:00:06", "2026-09-05T09:00:06"]
    report = extract()
    assert any("refreshed its data" in note for note in report.notes)
    assert rows(tmp_path, "select distinct data_cut::varchar from raw.clinicaltrials_gov") == [("2026-09-05 09:00:06",)]
    assert report.n_loaded == 5


def test_a_registry_that_keeps_changing_is_given_up(extract: Callable[..., ImportReport], registry: Registry) -> None:
    registry.timestamps = [f"2026-09-{day:02d}T09:00:06" for day in range(1, 9)]
    with pytest.raises(SourceUnreachable, match="twice"):
        extract()


def test_the_announced_total_must_arrive(extract: Callable[..., ImportReport], registry: Registry) -> None:
    registry.total = lambda found: found + 1
    with pytest.raises(SourceUnreachable, match="announced 6 studies and sent 5"):
        extract()


def test_no_study_may_come_twice(extract: Callable[..., ImportReport], registry: Registry) -> None:
    registry.studies[4] = registry.studies[0]
    with pytest.raises(SourceUnreachable, match="sent NCT99900001 twice"):
        extract()


def test_the_gate_stands_before_live_pages_too(
    extract: Callable[..., ImportReport], registry: Registry, tmp_path: Path
) -> None:
    for study in registry.studies:
        study["protocolSection"]["identificationModule"]["briefTitle"] = ""
    with pytest.raises(GateFailed, match="a title is stated"):
        extract()
    assert rows(tmp_path, "select count(*) from raw.clinicaltrials_gov") == [(0,)]


def test_requests_keep_their_distance(extract: Callable[..., ImportReport], registry: Registry) -> None:
    extract(request_interval=0.1)
    times = [moment for _, _, moment in registry.requests]
    assert len(times) == 5
    # Measured where they arrive: one may come late, so that the next seems near.
    assert times[-1] - times[0] >= 0.3


def test_an_alias_is_followed(base_url: str) -> None:
    answer = PoliteSession(0).get(f"{base_url}/studies/NCT99908888")
    assert answer.json()["protocolSection"]["identificationModule"]["nctId"] == "NCT99900001"
    assert answer.url.endswith("NCT99900001")


@pytest.mark.parametrize("name", ["chictr", "chinadrugtrials", "ictrp"])
def test_registries_without_an_api_say_how_to_get_their_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"landscape import"):
        run.extract_live([name], home=tmp_path)
    assert not (tmp_path / "build").exists()
