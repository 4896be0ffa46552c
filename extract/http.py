"""A polite HTTP session for registries: one request at a time, a pause between two, patience with what passes."""

import random
import time
from typing import Any

import msgspec
import requests

from extract.errors import SourceUnreachable

ATTEMPTS = 6
TIMEOUT_SECONDS = (15, 180)
LONGEST_PAUSE_SECONDS = 120.0
_PASSING_STATUSES = {408, 425, 429, 500, 502, 503, 504}
_SHOWN_CHARACTERS = 500


class PoliteSession(requests.Session):
    """A session that waits between requests, tries again what may pass, and says in a sentence what does not.

    Tried again with exponentially growing pauses and jitter: no connection, 408, 425, 429, 5xx, an answer that is no
    JSON with status 200 (a proxy's or a maintenance page). Not tried again: 400, whose text says what is wrong with
    the query, and other 4xx. Redirects are followed, as the registry answers 301 for an alias of a number.
    """

    def __init__(self, interval_seconds: float) -> None:
        """Set the pause between two requests; it is the first pause of a retry, too."""
        super().__init__()
        self.interval_seconds = interval_seconds
        self.headers["Accept"] = "application/json"
        self.headers["User-Agent"] = "cell-therapy-landscape (registry warehouse; one request a second)"
        self._last_request = float("-inf")

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send a request, as often as it takes.

        Raises:
            SourceUnreachable: the registry did not answer with JSON in `ATTEMPTS` attempts, or rejected the request.

        """
        kwargs["timeout"] = kwargs.get("timeout") or TIMEOUT_SECONDS
        problem = ""
        for attempt in range(ATTEMPTS):
            self._wait(attempt)
            try:
                response = super().send(request, **kwargs)
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
                problem, self._asked_pause = f"no connection ({error})", 0.0
                continue
            if response.is_redirect:
                return response
            problem = _problem_of(response)
            if not problem:
                return response
            if response.status_code not in _PASSING_STATUSES and response.status_code != requests.codes.ok:
                raise SourceUnreachable(f"{request.url} was rejected: {problem}")
            self._asked_pause = _retry_after(response)
        raise SourceUnreachable(f"{request.url} could not be read in {ATTEMPTS} attempts: {problem}. Try again later.")

    def _wait(self, attempt: int) -> None:
        """Pause until the interval since the last request is over; before a retry longer each time, or as long as
        was asked.
        """
        pause = self.interval_seconds
        if attempt:
            jitter = 0.5 + random.random()
            pause = min(max(pause * 2**attempt * jitter, self._asked_pause), LONGEST_PAUSE_SECONDS)
        remaining = self._last_request + pause - time.monotonic()
        if remaining > 0:
            time.sleep(remaining)
        self._last_request = time.monotonic()

    _asked_pause = 0.0


def _problem_of(response: requests.Response) -> str:
    """Return what is wrong with an answer, an empty string for JSON with a good status."""
    text = " ".join(response.text[:_SHOWN_CHARACTERS].split())
    if not response.ok:
        return f"HTTP {response.status_code}: {text}"
    try:
        msgspec.json.decode(response.content, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return f"an answer that is no JSON: {text[:120]}"
    return ""


def _retry_after(response: requests.Response) -> float:
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isdigit() else 0.0
