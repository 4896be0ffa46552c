"""API v2 studies: every shape they are saved in, what is cut, what goes to quarantine."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from extract.clinicaltrials_gov import read
from extract.records import Registration, Unreadable, hash_of


def study(number: int = 1, **modules: Any) -> dict[str, Any]:
    protocol = {
        "identificationModule": {"nctId": f"NCT9990{number:04d}", "briefTitle": f"Made-up CAR-T study {number}"},
        "statusModule": {
            "overallStatus": "RECRUITING",
            "studyFirstSubmitDate": "2021-03-04",
            "lastUpdatePostDateStruct": {"date": "2024-05-06", "type": "ACTUAL"},
        },
        **modules,
    }
    return {"protocolSection": protocol, "hasResults": False}


def read_all(data: bytes | str, shape: str) -> list[Any]:
    return list(read.read(data.encode() if isinstance(data, str) else data, shape))


def ids(readings: list[Any]) -> list[str]:
    return [reading.registration_id for reading in readings if isinstance(reading, Registration)]


def test_page_array_single_study_and_ndjson_give_the_same_records() -> None:
    studies = [study(1), study(2)]
    shapes = {
        "api_page": json.dumps({"totalCount": 2, "studies": studies, "nextPageToken": "x"}),
        "study_array": json.dumps(studies, indent=2),
        "ndjson": "\n".join(map(json.dumps, studies)) + "\n\n",
    }
    for shape, text in shapes.items():
        readings = read_all(text, shape)
        assert ids(readings) == ["NCT99900001", "NCT99900002"], shape
        assert [reading.position for reading in readings] == [1, 2]
    assert ids(read_all(json.dumps(study(1), indent=1), "study_json")) == ["NCT99900001"]
    assert ids(read_all(b"\xef\xbb\xbf" + shapes["api_page"].encode(), "api_page")) == ["NCT99900001", "NCT99900002"]


def test_facts_for_the_gate_and_the_version_are_read() -> None:
    (reading,) = read_all(json.dumps([study(1)]), "study_array")
    assert reading.record_date == date(2024, 5, 6)
    assert reading.title == "Made-up CAR-T study 1"
    assert reading.registered == "2021-03-04"
    assert reading.status == "RECRUITING"
    assert reading.data_cut is None


def test_a_data_timestamp_in_a_saved_page_is_the_data_cut() -> None:
    page = json.dumps({"dataTimestamp": "2026-09-04T09:00:06", "studies": [study(1)]})
    (reading,) = read_all(page, "api_page")
    assert reading.data_cut == datetime(2026, 9, 4, 9, 0, 6)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (
            '{"protocolSection": {"identificationModule": {"nctId": "NCT99900009", "briefTitle": oops}}}',
            "not valid JSON",
        ),
        ('{"protocolSection": {"identificationModule": {"nctId": "NCT99900009"}', "not valid JSON"),
        ('{"protocolSection": {"identificationModule": {"nctId": "NCT12"}}}', "'NCT12' is not an NCT number"),
        ('{"protocolSection": {"identificationModule": {}}}', "no protocolSection.identificationModule.nctId"),
        ('{"protocolSection": ["a list"]}', "no protocolSection.identificationModule.nctId"),
    ],
)
def test_one_broken_study_costs_only_itself(broken: str, reason: str) -> None:
    good = [json.dumps(study(number)) for number in (1, 2)]
    for shape, text in {
        "api_page": f'{{"studies":[{good[0]},{broken},{good[1]}],"nextPageToken":"t"}}',
        "study_array": f"[{good[0]},\n{broken},\n{good[1]}]",
        "ndjson": f"{good[0]}\n{broken}\n{good[1]}",
    }.items():
        readings = read_all(text, shape)
        assert ids(readings) == ["NCT99900001", "NCT99900002"], shape
        (bad,) = [reading for reading in readings if isinstance(reading, Unreadable)]
        assert bad.position == 2
        assert reason in bad.reason


def test_a_truncated_page_gives_what_is_whole() -> None:
    text = json.dumps({"studies": [study(1), study(2), study(3)]})
    readings = read_all(text[: text.rindex("overallStatus")], "api_page")
    assert ids(readings) == ["NCT99900001", "NCT99900002"]
    assert isinstance(readings[2], Unreadable)
    assert "NCT99900003" in readings[2].excerpt


def test_json_as_some_clients_write_it_is_read() -> None:
    text = json.dumps(study(1))[:-1] + ', "state": NaN, "note": "tab\there"}'
    (reading,) = read_all(text.encode(), "study_json")
    assert reading.document["state"] is None
    latin = json.dumps(study(1), ensure_ascii=False).replace("Made-up", "Hôpital").encode("latin-1")
    (reading,) = read_all(latin, "study_json")
    assert reading.document["protocolSection"]["identificationModule"]["briefTitle"].startswith("Hôpital")


def test_strings_with_brackets_and_quotes_do_not_mislead_the_splitter() -> None:
    tricky = study(1, descriptionModule={"briefSummary": 'a "quoted" ] } { [ \\ and {"protocolSection" in a text'})
    page = json.dumps({"studies": [tricky, study(2)]}).encode()
    assert [json.loads(part) for part in read.split_elements(page)] == [tricky, study(2)]
    assert list(read.split_elements(b'{"studies": []}')) == []


def test_people_are_cut_and_places_stay() -> None:
    whole = study(
        1,
        contactsLocationsModule={
            "centralContacts": [{"name": "Jane Doe", "phone": "1", "email": "j@example.org"}],
            "overallOfficials": [{"name": "John Roe", "affiliation": "Example Hospital"}],
            "locations": [
                {"facility": "Example Hospital", "city": "Beijing", "country": "China", "contacts": [{"name": "J"}]}
            ],
        },
        sponsorCollaboratorsModule={
            "responsibleParty": {
                "type": "PRINCIPAL_INVESTIGATOR",
                "investigatorFullName": "John Roe",
                "investigatorTitle": "Professor",
                "investigatorAffiliation": "Example Hospital",
            },
            "leadSponsor": {"name": "Example Hospital", "class": "OTHER"},
        },
        descriptionModule={"briefSummary": "Questions to jane@example.org or phone +86 10 1234 5678."},
    )
    whole["resultsSection"] = {"moreInfoModule": {"pointOfContact": {"title": "Dr. Jane Doe"}, "limitation": "small"}}
    (reading,) = read_all(json.dumps(whole), "study_json")
    assert reading.document["resultsSection"] == {"moreInfoModule": {"limitation": "small"}}
    text = json.dumps(reading.document)
    for personal in ("Jane", "Roe", "jane@", "Professor", "1234 5678"):
        assert personal not in text
    protocol = reading.document["protocolSection"]
    assert protocol["contactsLocationsModule"] == {
        "locations": [{"facility": "Example Hospital", "city": "Beijing", "country": "China"}]
    }
    assert protocol["sponsorCollaboratorsModule"]["responsibleParty"] == {
        "type": "PRINCIPAL_INVESTIGATOR",
        "investigatorAffiliation": "Example Hospital",
    }


def test_an_investigator_who_is_the_sponsor_gives_way_to_the_affiliation() -> None:
    whole = study(
        1,
        sponsorCollaboratorsModule={
            "responsibleParty": {
                "type": "SPONSOR_INVESTIGATOR",
                "investigatorFullName": "Jane Doe",
                "investigatorAffiliation": "Example Hospital",
            },
            "leadSponsor": {"name": "Jane Doe, MD", "class": "INDIV"},
        },
    )
    (reading,) = read_all(json.dumps(whole), "study_json")
    lead = reading.document["protocolSection"]["sponsorCollaboratorsModule"]["leadSponsor"]
    assert lead == {"name": "Example Hospital", "class": "INDIV"}


def test_the_hash_ignores_the_nightly_version_stamp_the_contacts_and_the_order_of_keys() -> None:
    one = study(1)
    one["derivedSection"] = {"miscInfoModule": {"versionHolder": "2026-09-04"}}
    other = study(1, contactsLocationsModule={"centralContacts": [{"name": "Jane Doe"}]})
    other["derivedSection"] = {"miscInfoModule": {"versionHolder": "2026-09-05"}}
    other["protocolSection"].pop("contactsLocationsModule")
    reversed_keys = {key: other[key] for key in reversed(other)}
    hashes = {hash_of(read_all(json.dumps(text), "study_json")[0]) for text in (one, other, reversed_keys, study(1))}
    assert len(hashes) == 1
    changed = study(1)
    changed["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    assert hash_of(read_all(json.dumps(changed), "study_json")[0]) not in hashes


def test_pages_saved_as_lines_or_in_an_array_are_opened() -> None:
    pages = [{"studies": [study(1), study(2)], "nextPageToken": "x"}, {"studies": [study(3)]}]
    for shape, text in {"ndjson": "\n".join(map(json.dumps, pages)), "study_array": json.dumps(pages)}.items():
        readings = read_all(text, shape)
        assert ids(readings) == ["NCT99900001", "NCT99900002", "NCT99900003"], shape
        assert [reading.position for reading in readings] == [1, 2, 3]
