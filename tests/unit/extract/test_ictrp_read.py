"""ICTRP exports: portal XML, portal list, full export, and what goes wrong in them."""

import csv
import io
from datetime import date, datetime

import pytest

from extract.ictrp import source
from extract.ictrp.settings import FULL_EXPORT_COLUMNS
from extract.recognise import Recognised, recognise
from extract.records import Registration, Unreadable, hash_of

SHORT_HEADER = (
    "TrialID,Last Refreshed on,Public title,Scientific title,Primary sponsor,Date registration,Source Register,"
    "web address,Recruitment Status,Target size,Date enrollement,Study type,Phase,Countries,Condition,Intervention"
)


def trial(number: int = 1, **fields: str) -> str:
    values = {
        "TrialID": f"ChiCTR990000{number:04d}",
        "Last_Refreshed_on": "17 February 2020",
        "Public_title": f"Made-up MSC study {number}",
        "Date_registration3": "20200215",
        "Export_date": "3/18/2020 6:53:35 PM",
        "Source_Register": "ChiCTR",
        "Contact_Firstname": "Jane Doe",
        "Contact_Email": "jane@example.org",
        "Contact_Affiliation": "Example Hospital",
        **fields,
    }
    inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in values.items())
    return f"<Trial>{inner}</Trial>"


def xml(*trials: str) -> str:
    root = "Trials_downloaded_from_ICTRP"
    return f"<?xml version='1.0' encoding='UTF-8' ?><{root}>{''.join(trials)}</{root}>"


def table(*rows: list[str], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def short_row(number: int = 1, title: str = "Made-up MSC study") -> list[str]:
    return [
        f"NCT9991{number:04d}",
        "2020-02-17 00:00:00",
        title,
        "",
        "Example Hospital",
        "2020-02-15",
        "ClinicalTrials.gov",
        "https://example.org",
        "Recruiting",
        "a:30;b:30;",
        "2020-03-01",
        "Interventional",
        "2020-02-01 00:00:00",
        "China",
        "COVID-19",
        "Biological: MSC",
    ]


def read(text: str | bytes) -> tuple[str, list[Registration | Unreadable]]:
    data = text.encode() if isinstance(text, str) else text
    recognised = recognise(data)
    assert isinstance(recognised, Recognised), recognised
    assert recognised.registry == "ictrp"
    return recognised.shape, list(source.read_file(data, recognised.shape))


def records(text: str | bytes) -> list[Registration]:
    _, readings = read(text)
    assert all(isinstance(reading, Registration) for reading in readings), readings
    return [reading for reading in readings if isinstance(reading, Registration)]


def test_portal_xml() -> None:
    shape, _ = read(xml(trial()))
    (record,) = records(xml(trial()))
    assert shape == "portal_xml"
    assert record.registration_id == "ChiCTR9900000001"
    assert record.record_date == date(2020, 2, 17)
    assert record.data_cut == datetime(2020, 3, 18, 18, 53, 35)
    assert record.registered == "20200215"
    assert record.source_register == "ChiCTR"
    assert record.document["contact_affiliation"] == "Example Hospital"
    assert "Jane" not in str(record.document)
    assert "jane" not in str(record.document)


def test_tags_of_the_newer_export_become_the_same_keys() -> None:
    fields = {
        "Internal_Number": "12",
        "Secondary_ID": "NCT99910001",
        "Secondary_Sponsor": "Example Bio",
        "Source_Support": "Example Fund",
        "Secondary_outcome": "OS",
        "Ethics_review_status": "Approved",
        "Ethics_review_contact_name": "Jane Doe",
        "Date_enrollement": "2020-02-10",
        "Bridging_flag_truefalse": "False",
    }
    (record,) = records(xml(trial(1, **fields)))
    kept = {
        "internal_number": "12",
        "secondary_ids": "NCT99910001",
        "secondary_sponsors": "Example Bio",
        "source_support": "Example Fund",
        "secondary_outcome": "OS",
        "ethics_status": "Approved",
        "date_enrolment": "2020-02-10",
        "bridging_flag": "False",
    }
    assert kept.items() <= record.document.items()


def test_values_are_cleaned_and_keep_what_staging_needs() -> None:
    fields = {
        "Inclusion_Criteria": "Inclusion criteria: 1. Age &gt;= 18;&lt;br&gt;2. IL-6 &amp;lt; 10&#x0D;",
        "Primary_sponsor": "H√¥pital",
        "Phase": "2020-02-01 00:00:00",
        "Target_size": "Experimental group:100;Control group:100;",
        "Bridged_type": "parent    ",
        "Acronym": "   ",
    }
    (record,) = records(xml(trial(1, **fields)))
    assert record.document["inclusion_criteria"] == "Inclusion criteria: 1. Age >= 18;\n2. IL-6 < 10"
    assert record.document["primary_sponsor"] == "Hôpital"
    assert record.document["phase"] == "2020-02-01 00:00:00"
    assert record.document["target_size"] == "Experimental group:100;Control group:100;"
    assert record.document["bridged_type"] == "parent"
    assert "acronym" not in record.document


def test_a_broken_trial_costs_only_itself_and_a_truncated_file_gives_what_is_whole() -> None:
    broken = trial(2, Public_title="<b>unclosed")
    not_a_number = trial(3, TrialID="NCT12")
    text = xml(trial(1), broken, not_a_number, trial(4, Public_title="Smith & Sons \x0b"), trial(5))
    _, readings = read(text[: text.rindex("Source_Register")])
    assert [type(reading) for reading in readings] == [Registration, Unreadable, Unreadable, Registration, Unreadable]
    bad = [reading for reading in readings if isinstance(reading, Unreadable)]
    assert [reading.position for reading in bad] == [2, 3, 5]
    assert "not well-formed" in bad[0].reason
    assert "'NCT12' is not a registration number" in bad[1].reason
    assert "ends" in bad[2].reason


def test_utf_16_xml() -> None:
    (record,) = records(xml(trial(1, Public_title="Étude")).replace("UTF-8", "UTF-16").encode("utf-16"))
    assert record.document["public_title"] == "Étude"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_portal_list_with_the_short_header(delimiter: str) -> None:
    text = table(
        SHORT_HEADER.split(","), short_row(1), short_row(2, 'with "quotes",\nlines; and more'), delimiter=delimiter
    )
    shape, _ = read(text)
    first, second = records(text)
    assert shape == "portal_csv"
    assert first.registration_id == "NCT99910001"
    assert first.document["phase"] == "2020-02-01 00:00:00"
    assert first.document["target_size"] == "a:30;b:30;"
    assert second.title == 'with "quotes", lines; and more'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_portal_list_in_every_encoding(encoding: str) -> None:
    text = table(SHORT_HEADER.split(","), short_row(1, "Étude clinique – phase I"))
    (record,) = records(text.encode(encoding))
    assert record.title == "Étude clinique – phase I"


def test_rows_with_the_wrong_number_of_columns_go_to_quarantine() -> None:
    text = table(
        SHORT_HEADER.split(","), short_row(1), short_row(2)[:5], short_row(3), [*short_row(4), "extra"], short_row(5)
    )
    _, readings = read(text)
    assert [type(reading) for reading in readings] == [Registration, Unreadable, Registration, Unreadable, Registration]
    assert "5 columns where 16 are expected" in readings[1].reason


def test_an_unclosed_quote_does_not_swallow_the_rows_behind_it() -> None:
    lines = table(SHORT_HEADER.split(","), short_row(1), short_row(2), short_row(3)).splitlines()
    lines[2] = lines[2].replace("Made-up MSC study", '"Made-up MSC study', 1)
    _, readings = read("\n".join(lines))
    good = [reading.registration_id for reading in readings if isinstance(reading, Registration)]
    assert good == ["NCT99910001", "NCT99910003"]
    assert len(readings) == 3


def test_full_export_has_no_header_and_names_the_parent() -> None:
    values = dict.fromkeys(FULL_EXPORT_COLUMNS, "")
    values |= {
        "TrialID": "EUCTR2099-001448-24-FR",
        "last_update": "4 May 2020",
        "SecondaryIDs": "NCT99910001;NIL",
        "public_title": "Made-up MSC study",
        "Public_Contact_Firstname": "Jane Doe",
        "Public_Contact_Affiliation": "Example Hospital",
        "Scientific_Contact_Affiliation": "Example University",
        "Bridging_flag": "NCT99910001",
        "Bridged_type": "child     ",
        "Childs": "NCT99910002;NCT99910003",
        "Ethics_Contact_Email": "ethics@example.org",
    }
    assert len(values) == 63
    shape, _ = read(table(list(values.values())))
    (record,) = records(table(list(values.values())))
    assert shape == "full_export_csv"
    assert record.record_date == date(2020, 5, 4)
    assert record.document["bridging_flag"] == "NCT99910001"
    assert record.document["childs"] == "NCT99910002;NCT99910003"
    assert record.document["secondary_ids"] == "NCT99910001;NIL"
    assert record.document["contact_affiliation"] == "Example Hospital; Example University"
    assert record.source_register == "EU Clinical Trials Register"
    assert "Jane" not in str(record.document)
    assert "example.org" not in str(record.document)


def test_an_export_date_older_than_its_rows_had_day_and_month_swapped() -> None:
    (record,) = records(xml(trial(1, Last_Refreshed_on="6 July 2020", Export_date="2020-06-07 17:53:51")))
    assert record.data_cut == datetime(2020, 7, 6, 17, 53, 51)


def test_the_hash_ignores_when_the_export_was_made() -> None:
    first, second = (records(xml(trial(1, Export_date=stamp)))[0] for stamp in ("2020-03-18", "2020-04-18"))
    assert hash_of(first) == hash_of(second)
    assert hash_of(first) != hash_of(records(xml(trial(1, Phase="2")))[0])
