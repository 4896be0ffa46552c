"""WHO ICTRP: portal XML, portal list CSV of 40 columns, full export CSV of 63 columns without a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape

from extract.sample.records import Record

# Portal list CSV, in its order: column name, key of a row.
LIST_COLUMNS = (
    ("TrialID", "trial_id"),
    ("Last Refreshed on", "last_refreshed_on"),
    ("Public title", "public_title"),
    ("Scientific title", "scientific_title"),
    ("Acronym", "acronym"),
    ("Primary sponsor", "primary_sponsor"),
    ("Date registration", "date_registration"),
    ("Date registration3", "date_registration3"),
    ("Export date", "export_date"),
    ("Source Register", "source_register"),
    ("web address", "web_address"),
    ("Recruitment Status", "recruitment_status"),
    ("other records", "other_records"),
    ("Inclusion agemin", "inclusion_agemin"),
    ("Inclusion agemax", "inclusion_agemax"),
    ("Inclusion gender", "inclusion_gender"),
    ("Date enrollement", "date_enrolment"),
    ("Target size", "target_size"),
    ("Study type", "study_type"),
    ("Study design", "study_design"),
    ("Phase", "phase"),
    ("Countries", "countries"),
    ("Contact Firstname", "contact_name"),
    ("Contact Lastname", ""),
    ("Contact Address", "contact_address"),
    ("Contact Email", "contact_email"),
    ("Contact Tel", "contact_telephone"),
    ("Contact Affiliation", "contact_affiliation"),
    ("Inclusion Criteria", "inclusion_criteria"),
    ("Exclusion Criteria", "exclusion_criteria"),
    ("Condition", "condition"),
    ("Intervention", "intervention"),
    ("Primary outcome", "primary_outcome"),
    ("results date posted", ""),
    ("results date completed", ""),
    ("results url link", ""),
    ("Retrospective flag", "retrospective_flag"),
    ("Bridging flag truefalse", "bridging_flag"),
    ("Bridged type", "bridged_type"),
    ("results yes no", ""),
)
# Full export CSV: keys in the order of its 63 columns.
EXPORT_KEYS = (
    *("trial_id", "last_refreshed_on", "secondary_ids", "public_title", "scientific_title", "web_address"),
    *("contact_name", "", "contact_address", "contact_email", "contact_telephone", "contact_affiliation"),
    *("contact_name", "", "contact_address", "contact_email", "contact_telephone", "contact_affiliation"),
    *("study_type", "study_design", "phase", "date_registration", "date_enrolment", "target_size"),
    *("recruitment_status", "primary_sponsor", "secondary_sponsors", "source_support", "countries", "condition"),
    *("intervention", "inclusion_agemin", "inclusion_agemax", "inclusion_gender", "inclusion_criteria"),
    *("exclusion_criteria", "primary_outcome", "secondary_outcome", "bridging_parent", "bridged_type", "childs"),
    *("type_enrolment", "retrospective_flag"),
    *("",) * 14,  # results
    *("ethics_status", "ethics_approval_date"),
    *("",) * 4,  # ethics contact
)
PHASES = {
    "early_phase_1": "0",
    "phase_1": "1",
    "phase_1_2": "1-2",
    "phase_2": "2",
    "phase_2_3": "2-3",
    "phase_3": "3",
    "phase_4": "4",
    "not_applicable": "N/A",
    "not_reported": "",
}
_REGISTERS = (
    ("NCT", "ClinicalTrials.gov", "https://clinicaltrials.gov/show/{id}"),
    ("ChiCTR", "ChiCTR", "http://www.chictr.org.cn/showproj.aspx?proj={number}"),
    ("ITMCTR", "ITMCTR", "http://itmctr.ccebtcm.org.cn/{id}"),
    ("ISRCTN", "ISRCTN", "http://isrctn.com/{id}"),
    ("JPRN", "JPRN", "https://jrct.niph.go.jp/latest-detail/{id}"),
    ("EUCTR", "EU Clinical Trials Register", "https://www.clinicaltrialsregister.eu/ctr-search/search?query={id}"),
    ("CTRI", "CTRI", "http://www.ctri.nic.in/Clinicaltrials/pmaindet2.php?trialid={number}"),
    ("KCT", "CRIS", "http://cris.nih.go.kr/cris/en/search/search_result_st01.jsp?seq={number}"),
    ("ACTRN", "ANZCTR", "https://anzctr.org.au/{id}.aspx"),
    ("DRKS", "German Clinical Trials Register", "http://www.drks.de/{id}"),
    ("IRCT", "IRCT", "http://en.irct.ir/trial/{number}"),
    ("TCTR", "TCTR", "http://www.clinicaltrials.in.th/index.php?id={number}"),
)
LIST_EXPORTED = "2026-06-07 17:53:51"
XML_EXPORTED = "3/18/2026 6:53:35 PM"


def row(record: Record) -> dict[str, str]:
    """The fields of one ICTRP record in the wording that ChiCTR rows have there; `raw` replaces single ones."""
    register, address = next(
        (name, url) for prefix, name, url in _REGISTERS if record.registration_id.startswith(prefix)
    )
    chinese = register == "ChiCTR"
    parent, bridged, childs = record.bridging
    fields = {
        "trial_id": record.registration_id,
        "last_refreshed_on": record.updated,
        "public_title": record.title.en,
        "scientific_title": (record.scientific_title.en or record.title.en),
        "acronym": record.acronym,
        "primary_sponsor": record.lead.name.en,
        "date_registration": record.registered,
        "date_registration3": record.registered.replace("-", ""),
        "source_register": register,
        "web_address": address.format(id=record.registration_id, number=900_000 + record.number),
        "recruitment_status": "Recruiting" if record.status == "recruiting" else "Not Recruiting",
        "other_records": "Yes" if bridged else "No",
        "inclusion_agemin": "18" if chinese else "18 Years",
        "inclusion_agemax": "75" if chinese else "75 Years",
        "inclusion_gender": "Both",
        "date_enrolment": record.start,
        "target_size": _target_size(record, by_arm=chinese),
        "study_type": f"{record.study_type.capitalize()} study" if chinese else record.study_type.capitalize(),
        "study_design": "Parallel" if len(record.arms) > 1 else "Single arm",
        "phase": PHASES[record.phase],
        "countries": ";".join(dict.fromkeys(site.country.en for site in record.sites)),
        "contact_name": "Sample Contactperson",
        "contact_address": "1 Contactperson Road",
        "contact_email": "contactperson@example.org",
        "contact_telephone": "+86 000 00000000",
        "contact_affiliation": record.lead.name.en,
        "inclusion_criteria": f"Inclusion criteria: {record.inclusion.en}",
        "exclusion_criteria": f"Exclusion criteria: {record.exclusion.en}",
        "condition": "; ".join(condition.en for condition in record.conditions),
        "intervention": _interventions(record, by_arm=chinese),
        "primary_outcome": ";".join(outcome.en for outcome in record.outcomes),
        "secondary_outcome": "",
        "secondary_ids": ";".join(item.id for item in record.secondary_ids),
        "secondary_sponsors": ";".join(o.name.en for o in record.collaborators),
        "source_support": record.funder.en,
        "retrospective_flag": "Yes" if record.registered > record.start else "No",
        "bridging_flag": "True " if bridged else "False",
        "bridging_parent": parent,
        "bridged_type": f"{bridged:<10}",
        "childs": childs,
        "type_enrolment": "Anticipated",
        "ethics_status": "Approved",
        "ethics_approval_date": record.start,
    }
    return fields | dict(record.raw)


def _target_size(record: Record, *, by_arm: bool) -> str:
    if record.enrollment is None:
        return ""
    if not by_arm:
        return str(record.enrollment)
    sizes = arm_sizes(record)
    return "".join(f"{arm.group.en}:{size};" for arm, size in zip(record.arms, sizes, strict=True))


def arm_sizes(record: Record) -> list[int | str]:
    """Planned participants per arm; where the arms say nothing the total is split evenly."""
    if record.enrollment is None:
        return ["" for _ in record.arms]
    stated = [arm.size for arm in record.arms]
    if all(size is not None for size in stated):
        return [size for size in stated if size is not None]
    share, rest = divmod(record.enrollment, len(record.arms))
    return [share + (1 if position < rest else 0) for position in range(len(record.arms))]


def _interventions(record: Record, *, by_arm: bool) -> str:
    if by_arm:
        return "".join(f"{arm.group.en}:{arm.intervention.en};" for arm in record.arms)
    return ";".join(f"{arm.kind.capitalize()}: {arm.intervention.en}" for arm in record.arms)


def _spreadsheet_debris(text: str) -> str:
    """Line ends as the portal's spreadsheet leaves them."""
    return text.replace("\n", "_x000D_<br>")


def _timestamp(text: str) -> str:
    return f"{text} 00:00:00" if len(text) == 10 and text[4] == "-" else text


def list_csv(records: Iterable[Record], broken: Iterable[list[str]] = ()) -> bytes:
    """The portal's list: header with spaces, dates with a midnight, `_x000D_` and padded words."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _ in LIST_COLUMNS])
    for record in records:
        fields = row(record) | {"export_date": LIST_EXPORTED}
        for key in ("last_refreshed_on", "date_registration", "date_enrolment"):
            if key not in record.raw:
                fields[key] = _timestamp(fields[key])
        writer.writerow([_spreadsheet_debris(fields.get(key, "")) for _, key in LIST_COLUMNS])
    writer.writerows(broken)
    return out.getvalue().encode()


def export_csv(records: Iterable[Record], broken: Iterable[list[str]] = ()) -> bytes:
    """The full export: no header, 63 columns; the bridging column holds the parent's id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for record in records:
        fields = row(record)
        fields["bridged_type"] = fields["bridged_type"].strip()
        for key in ("date_registration", "date_enrolment"):
            if key not in record.raw:
                fields[key] = _day_first(fields[key])
        writer.writerow([fields.get(key, "") for key in EXPORT_KEYS])
    writer.writerows(broken)
    return out.getvalue().encode()


def _day_first(text: str) -> str:
    """`2021-03-05` → `05/03/2021`: half of the source registers hand their dates over like this."""
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text


def _in_words(text: str) -> str:
    """`2021-03-05` → `5 March 2021`, as the XML writes the refresh date."""
    day = date.fromisoformat(text)
    return f"{day.day} {day.strftime('%B')} {day.year}"


XML_TAGS = tuple((name.replace(" ", "_"), key) for name, key in LIST_COLUMNS)


def portal_xml(records: Iterable[Record]) -> bytes:
    """The portal's XML: titles padded with blanks, carriage returns as references, `<br>` escaped in the text."""
    out = ["<?xml version='1.0' encoding='UTF-8' ?><Trials_downloaded_from_ICTRP>"]
    for record in records:
        fields = row(record) | {"export_date": XML_EXPORTED}
        if "last_refreshed_on" not in record.raw:
            fields["last_refreshed_on"] = _in_words(fields["last_refreshed_on"])
        fields["scientific_title"] = f"{fields['scientific_title']:<200}"
        out.append("  <Trial>")
        for tag, key in XML_TAGS:
            # A 2020 export has no acronym column; a later one has.
            value = escape(fields.get(key, "")).replace("\n", "&#x0D;&lt;br&gt;")
            out.append(f"    <{tag}>{value}</{tag}>" if value else f"    <{tag} />")
        out += [f"    <{tag}>{escape(fields[key])}</{tag}>" for tag, key in _XML_LATER if fields.get(key)]
        out.append("  </Trial>")
    out.append("</Trials_downloaded_from_ICTRP>")
    return ("\n".join(out) + "\n").encode()


# Tags that exports have since about 2022.
_XML_LATER = (
    ("Secondary_ID", "secondary_ids"),
    ("Secondary_Sponsor", "secondary_sponsors"),
    ("Source_Support", "source_support"),
    ("Ethics_review_status", "ethics_status"),
)
