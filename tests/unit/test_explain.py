"""How an explanation reads: side by side, in the width there is, what spoke for and against, and what to do next."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from dbt_project.linkage.explain import Explanation, Label, Link, Question, Registration
from dbt_project.linkage.explain_layout import layout

ENGLISH = Registration(
    registration_id="NCT99000001",
    source_register="ClinicalTrials.gov",
    trial_id="NCT99000001",
    is_primary=True,
    public_title="CD19 CAR-T cells [phase 1] in relapsed B-cell lymphoma",
    interventions="CD19 CAR-T cells",
    conditions="B-cell lymphoma",
    lead_sponsor="Sample Hospital",
    target_enrollment=30,
    actual_enrollment=12,
    registration_date="2021-03-04",
    start_date="2021-03-05",
    status="not_yet_recruiting",
    url="https://clinicaltrials.gov/study/NCT99000001",
    screening="cell_title",
    screening_meaning="the title names the cells as what is given",
    field="public_title",
    matched_text="CAR-T cells",
)
CHINESE = replace(
    ENGLISH,
    registration_id="ChiCTR2100990001",
    source_register="ChiCTR",
    trial_id="ChiCTR2100990001",
    public_title="靶向CD19嵌合抗原受体T细胞注射液治疗复发难治B细胞淋巴瘤的安全性和有效性的临床研究",
    lead_sponsor="样例医院",
    target_enrollment=28,
)
LINK = Link(
    registration_id_a="ChiCTR2100990001",
    registration_id_b="NCT99000001",
    decision="review",
    is_same_trial=False,
    rule="probabilistic_match",
    why="both records compared, the odds that they are one trial are 3 to 1",
    score=0.75,
    kept_apart_by=["number of participants differs: two cohorts of one programme (SR-SIZE)"],
    speaks_for=["titles in two languages mean the same"],
    speaks_against=["number of participants differs"],
    also=["same cell type"],
)
EXPLANATION = Explanation(
    asked_for="nct 99000001",
    registration_id="NCT99000001",
    trial_id="NCT99000001",
    title=ENGLISH.public_title,
    is_sample=False,
    retired_from=None,
    facts={"in China": "yes (country named)"},
    registrations=[ENGLISH],
    compared=[CHINESE],
    links=[LINK],
    labels=[
        Label("target", "CD19", "NCT99000001", "public_title", "CD19", "target:cd19:cd-19"),
        Label("target", "CD22", "NCT99000001", "summary", "CD22", "target:cd22:cd-22"),
        Label("donor", "not_stated", "NCT99000001", None, None, "attribute_default:donor"),
    ],
    questions=[Question("NCT99000001", "Which cell is this?", "T cells", "landscape override label NCT99000001 …")],
)


def shown(explanation: Explanation, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width, soft_wrap=True)
    for part in layout(explanation, width):
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def row_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(f"{name} "))


def test_two_registrations_stand_beside_each_other() -> None:
    text = shown(EXPLANATION)
    assert row_of(text, "register").split() == ["register", "ClinicalTrials.gov", "ChiCTR"]
    assert "30 planned, 12 enrolled" in row_of(text, "participants")
    assert "28 planned, 12 enrolled" in row_of(text, "participants")
    assert row_of(text, "status").count("not yet recruiting") == 2
    assert "another: ChiCTR2100990001" in row_of(text, "trial")
    assert "[phase 1]" in text, "a title is no mark-up"


@pytest.mark.parametrize("width", [50, 80, 160])
def test_lines_fit_the_terminal_though_chinese_is_twice_as_wide(width: int) -> None:
    """Commands alone run on: a line that is to be copied must not be broken."""
    text = shown(EXPLANATION, width).split("Links: ")[0].split("\n", maxsplit=2)[2]
    assert max(map(cell_len, text.splitlines())) <= width
    assert "样例医院" in text


def test_where_columns_do_not_fit_the_first_registration_is_shown_again() -> None:
    three = replace(EXPLANATION, compared=[CHINESE, replace(CHINESE, registration_id="ISRCTN99000001")])
    heads = [line.split() for line in shown(three, 80).splitlines() if line.strip().startswith("NCT99000001  ")]
    assert heads[-2:] == [["NCT99000001", "ChiCTR2100990001"], ["NCT99000001", "ISRCTN99000001"]]


def test_a_pair_for_a_person_says_what_spoke_and_which_command_decides() -> None:
    text = shown(EXPLANATION)
    assert "ChiCTR2100990001 – NCT99000001: undecided" in text
    assert "odds that they are one trial are 3 to 1" in row_of(text, "why")
    assert "titles in two languages mean the same" in row_of(text, "for")
    assert "number of participants differs" in row_of(text, "against")
    assert "(SR-SIZE)" in row_of(text, "rules")
    assert "landscape override link ChiCTR2100990001 NCT99000001 --decision same" in row_of(text, "decide")


@pytest.mark.parametrize(
    ("decision", "words", "opposite"), [("same", "one trial", "different"), ("different", "two trials", "same")]
)
def test_a_decision_that_is_wrong_can_be_turned_round(decision: str, words: str, opposite: str) -> None:
    text = shown(replace(EXPLANATION, links=[replace(LINK, decision=decision)]))
    assert f"ChiCTR2100990001 – NCT99000001: {words}\n" in text
    assert f"override link ChiCTR2100990001 NCT99000001 --decision {opposite}" in text.split("If something is wrong")[1]


def test_a_pair_that_third_registrations_join_says_so() -> None:
    text = shown(replace(EXPLANATION, links=[replace(LINK, is_same_trial=True)]))
    assert "undecided by this pair alone; one trial through other links" in text


def test_labels_are_grouped_with_their_words_in_quotes() -> None:
    lines = [line.split("  ") for line in shown(EXPLANATION).split("Labels")[1].splitlines()]
    labels = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert ["target", "CD19", "“CD19” in public title", "target:cd19:cd-19"] in labels
    assert ["CD22", "“CD22” in summary", "target:cd22:cd-22"] in labels, "the facet is named once"
    assert ["donor", "not stated", "nothing is said of it", "attribute_default:donor"] in labels


def test_a_question_stands_with_its_words_and_command() -> None:
    after = shown(EXPLANATION).split("For a person to look at")[1]
    assert "NCT99000001: Which cell is this? “T cells”" in after
    assert "landscape override label NCT99000001" in after


def test_a_registration_in_no_trial_says_why_first() -> None:
    outside = replace(ENGLISH, trial_id=None, is_primary=False, screening_meaning="the cells are only measured")
    text = shown(
        replace(EXPLANATION, trial_id=None, registrations=[outside], compared=[], links=[], labels=[], questions=[])
    )
    assert "Not in the landscape: the cells are only measured." in text.splitlines()[1]
    assert "override label NCT99000001 --facet is_cell_therapy --label true" in text


def test_a_sample_and_a_retired_id_are_named() -> None:
    text = shown(replace(EXPLANATION, is_sample=True, retired_from="NCT99000009"))
    assert "SAMPLE: made up" in text
    assert "NCT99000009 is a retired id of this trial" in text
