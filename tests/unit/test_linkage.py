"""Groups of registrations and keys of organisations: what is easy to get wrong in linking."""

import csv
import itertools
import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from dbt_project.linkage.components import Edge, group_registrations
from dbt_project.linkage.evaluate import Share
from dbt_project.linkage.match import level_labels, load_model
from dbt_project.linkage.organisations import OrganisationNames, split_names
from dbt_project.linkage.train import ORDERED, let_agreement_speak_for
from dbt_project.linkage.twins import Twin, TwinWriter

SEEDS = Path(__file__).parents[2] / "seeds" / "linkage"


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def names() -> OrganisationNames:
    return OrganisationNames(
        [(row["name"], row["organisation_id"]) for row in _rows("organisation_names")],
        [(row["term"], row["token"]) for row in _rows("organisation_word_terms")],
        {row["character"]: row["pinyin"] for row in _rows("pinyin")},
        [row["surname"] for row in _rows("surnames")],
    )


class TestGroups:
    REGISTERS: ClassVar = {"NCT1": "nct", "NCT2": "nct", "ChiCTR1": "chictr", "CTR1": "ctr"}

    def test_pairs_join_over_a_third_registration(self) -> None:
        groups = group_registrations(self.REGISTERS, [Edge("NCT1", "ChiCTR1", 0.9), Edge("ChiCTR1", "CTR1", 0.8)])
        assert groups["NCT1"] == groups["ChiCTR1"] == groups["CTR1"] != groups["NCT2"]

    def test_the_weakest_edge_of_a_conflict_is_cut(self) -> None:
        edges = [Edge("ChiCTR1", "NCT1", 0.99), Edge("ChiCTR1", "CTR1", 0.7), Edge("CTR1", "NCT2", 0.9)]
        groups = group_registrations(self.REGISTERS, edges)
        assert groups["ChiCTR1"] == groups["NCT1"]
        assert groups["CTR1"] == groups["NCT2"]
        assert groups["NCT1"] != groups["NCT2"]

    def test_aliases_may_stand_in_one_trial(self) -> None:
        groups = group_registrations(self.REGISTERS, [Edge("NCT1", "NCT2", 1.0, True), Edge("ChiCTR1", "NCT2", 0.9)])
        assert groups["NCT1"] == groups["NCT2"] == groups["ChiCTR1"]

    def test_pairs_that_a_reviewer_keeps_apart_stay_apart_over_every_path(self) -> None:
        edges = [Edge("NCT1", "ChiCTR1", 0.9), Edge("ChiCTR1", "CTR1", 0.8)]
        groups = group_registrations(self.REGISTERS, edges, apart=[("CTR1", "NCT1")])
        assert groups["NCT1"] == groups["ChiCTR1"] != groups["CTR1"]

    def test_the_order_of_the_edges_does_not_matter(self) -> None:
        edges = [
            Edge("ChiCTR1", "NCT1", 0.9),
            Edge("ChiCTR1", "NCT2", 0.9),
            Edge("CTR1", "NCT2", 0.8),
            Edge("CTR1", "ChiCTR1", 0.85),
        ]
        results = {tuple(group_registrations(self.REGISTERS, order).items()) for order in itertools.permutations(edges)}
        assert len(results) == 1


class TestOrganisations:
    @pytest.mark.parametrize(
        ("english", "chinese"),
        [
            ("CARsgen Therapeutics Co., Ltd.", "科济生物医药（上海）有限公司"),
            (
                "Department of Hematology, Tongji Hospital, Tongji Medical College, Huazhong University",
                "华中科技大学同济医学院附属同济医院",
            ),
            ("First Affiliated Hospital of Zhejiang University", "浙江大学医学院附属第一医院"),
            ("Xi'an Children's Hospital", "西安市儿童医院"),
            ("Huzhou Central Hospital", "湖州市中心医院"),
            ("Beijing Anding Hospital, Capital Medical University", "首都医科大学附属北京安定医院"),
            # The same parts in another order, and parts that not every form of a name has.
            ("the First Hospital of Zhengzhou University", "郑州大学第一附属医院"),
            ("First Affiliated Hospital, Medical College of Zhejiang University", "浙大一院"),
            ("Department of Hematology, No.2 Hospital of Hebei Medical University", "河北医科大学第二医院"),
            ("Shenzhen University General Hospital", "深圳大学总医院"),
        ],
    )
    def test_both_names_of_an_organisation_have_one_key(
        self, names: OrganisationNames, english: str, chinese: str
    ) -> None:
        assert names.read(english).key == names.read(chinese).key

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Tongji Hospital", "Shanghai Tongji Hospital, Tongji University School of Medicine"),
            ("第一附属医院", "第二附属医院"),
            ("浙江大学医学院附属第一医院", "浙江大学医学院附属第二医院"),
            ("Peking University Sixth Hospital", "Peking University"),
            ("河南省人民医院", "湖南省人民医院"),
            ("南昌市第一医院", "南昌大学第一附属医院"),
            ("The First Affiliated Hospital of USTC", "The First Affiliated Hospital of Anhui Medical University"),
        ],
    )
    def test_organisations_that_sound_alike_have_different_keys(
        self, names: OrganisationNames, one: str, other: str
    ) -> None:
        assert names.read(one).key != names.read(other).key

    def test_legal_forms_and_apostrophes_do_not_matter(self, names: OrganisationNames) -> None:
        keys = {names.read(name).key for name in ("Fancy Cell Co., Ltd.", "Fancy Cell Company Limited", "FANCY CELL")}
        assert len(keys) == 1
        assert names.read("Beijing You'an Hospital").key == names.read("Beijing YouAn Hospital").key

    @pytest.mark.parametrize("name", ["He Huang", "Weijia Fang, MD", "Aibin Liang，MD，Ph.D."])
    def test_a_person_is_no_organisation(self, names: OrganisationNames, name: str) -> None:
        assert names.read(name).key == ""

    @pytest.mark.parametrize("name", ["Essen Biotech", "Novartis", "Fu Wai Hospital", "Lu Daopei Hospital"])
    def test_a_short_name_with_a_word_of_organisations_is_no_person(self, names: OrganisationNames, name: str) -> None:
        assert names.read(name).key

    def test_one_of_several_hospitals_is_not_the_one_without_a_number(self) -> None:
        names = OrganisationNames([("People's Hospital of Exampleville", "example")], [("tenth", "10")], {})
        assert names.read("Cancer Centre of the People's Hospital of Exampleville").key == "example"
        assert names.read("Tenth People's Hospital of Exampleville").key != "example"

    def test_the_chinese_zero_is_a_numeral(self, names: OrganisationNames) -> None:
        assert names.read("解放军联勤保障部队第九二〇医院").key == names.read("解放军联勤保障部队第九二零医院").key

    def test_a_field_of_several_names_is_split(self) -> None:
        assert split_names("1. A Hospital; 2. B Hospital") == ["A Hospital", "B Hospital"]
        assert split_names("甲公司/ 乙公司；丙医院") == ["甲公司", "乙公司", "丙医院"]


class TestDiseases:
    def test_diseases_and_what_they_are_kinds_of_are_terms(self) -> None:
        diseases = {row["token"] for row in _rows("title_terms") if row["kind"] == "disease"}
        for row in _rows("disease_kinds"):
            assert {row["disease"], row["kind_of"]} <= diseases, row["rule_id"]

    def test_no_disease_is_a_kind_of_itself(self) -> None:
        wider: dict[str, set[str]] = {}
        for row in _rows("disease_kinds"):
            wider.setdefault(row["disease"], set()).add(row["kind_of"])
        for disease in wider:
            seen, todo = set[str](), {disease}
            while todo:
                todo = {kind for one in todo for kind in wider.get(one, ())} - seen
                seen |= todo
            assert disease not in seen

    def test_a_term_means_one_thing(self) -> None:
        rows = {(row["language"], row["term"], row["token"], row["kind"]) for row in _rows("title_terms")}
        assert len(rows) == len(_rows("title_terms"))


class TestModel:
    def test_rules_name_levels_that_the_model_has(self) -> None:
        labels = {name: set(levels.values()) for name, levels in level_labels(load_model()).items()}
        for seed in ("sibling_rules", "support_levels"):
            for row in _rows(seed):
                if row["comparison"] not in ("markers", "withdrawal"):
                    assert row["level"] in labels[row["comparison"]], f"{seed} {row['rule_id']}"

    def test_every_level_is_trained(self) -> None:
        for comparison in load_model()["comparisons"]:
            for level in comparison["comparison_levels"]:
                if not level.get("is_null_level"):
                    assert 0 < level["m_probability"] < 1, comparison["output_column_name"]
                    assert 0 < level["u_probability"] < 1, comparison["output_column_name"]

    def test_less_agreement_never_speaks_more_for_one_trial(self) -> None:
        """Of a chance count the ratio that the neighbours have together is taken."""
        levels: list[dict[str, Any]] = [
            {"m_probability": m, "u_probability": u} for m, u in ((0.6, 0.1), (0.1, 0.3), (0.3, 0.2), (0.0, 0.4))
        ]
        let_agreement_speak_for(levels)
        ratios = [round(level["m_probability"] / level["u_probability"], 6) for level in levels]
        assert ratios == [6.0, 0.8, 0.8, 0.0]
        assert sum(level["m_probability"] for level in levels) == pytest.approx(1.0)

    def test_ordered_comparisons_are_in_order(self) -> None:
        for comparison in load_model()["comparisons"]:
            if comparison["output_column_name"] in ORDERED:
                levels = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
                ratios = [level["m_probability"] / level["u_probability"] for level in levels]
                # Probabilities are rounded to six places, and no disagreement weighs more than five bits.
                assert all(b <= a * 1.01 for a, b in itertools.pairwise(ratios)), comparison["output_column_name"]


class TestTwins:
    """What the made-up registrations say, against the study that they are written from."""

    STUDY: ClassVar[dict[str, Any]] = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT99900001", "briefTitle": "CD7 and CD70 CAR-T ABC101 in T-ALL"},
            "statusModule": {"startDateStruct": {"date": "2021-03"}, "studyFirstSubmitDate": "2021-02-01"},
            "conditionsModule": {"conditions": ["T-ALL"]},
            "designModule": {"phases": ["PHASE1"], "enrollmentInfo": {"count": 24}},
            "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "ABC101"}]},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Example Hospital", "class": "OTHER"}},
        }
    }
    WORDING: ClassVar = {
        "split": "tune", "title_zh": "CD7/CD70 ABC101治疗T-ALL", "title_en": "CD7/CD70 ABC101 for T-ALL",
        "public_title_zh": "",
        "condition_zh": "T-ALL", "condition_en": "T-ALL", "given_zh": "ABC101", "given_en": "ABC101 cells",
        "sponsor_zh": "示例医院", "sponsor_en": "Example Hospital", "hospital_zh": "示例医院", "hospital_en": "Example",
    }  # fmt: skip

    def _write(self, *kinds: str) -> list[Twin]:
        writer = TwinWriter([self.STUDY])
        writer.wordings = {"NCT99900001": self.WORDING}
        return writer.write(self.STUDY, kinds, len(kinds), first_number=0)

    def test_the_same_study_gives_the_same_records(self) -> None:
        assert self._write("twin", "follow_up") == self._write("twin", "follow_up")

    def test_a_twin_has_the_words_of_the_reader_and_no_number_of_the_study(self) -> None:
        (twin,) = self._write("twin")
        assert twin.is_same_trial
        assert "NCT99900001" not in json.dumps(twin.document)
        assert "CD7/CD70 ABC101 for T-ALL" in json.dumps(twin.document)

    def test_another_antigen_takes_the_place_of_one_antigen_alone(self) -> None:
        (decoy,) = self._write("other_target")
        title = decoy.document.get("scientific_title")
        english = title["en"] if isinstance(title, dict) else title
        assert not decoy.is_same_trial
        assert "CD70" in english
        assert "CD7/" not in english

    def test_a_study_without_a_start_is_made_into_nothing(self) -> None:
        protocol = {**self.STUDY["protocolSection"], "statusModule": {}}
        assert TwinWriter([]).write({"protocolSection": protocol}, ["explicit"], 1, first_number=0) == []


def test_wilson_intervals_are_those_of_the_textbook() -> None:
    low, high = Share(98, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.93, 0.9945)
    assert Share(0, 0).n == 0
