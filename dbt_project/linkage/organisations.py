"""One key for the names, in English and Chinese, under which an organisation registers trials."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

# Words that say nothing about which organisation it is: legal forms, kinds of place and levels of government.
_WEAK_TOKENS = frozenset(
    ["affiliated", "company", "technology", "institute", "h", "municipal", "county", "provincial", "pharma", "bio"]
)
_STOP_WORDS = frozenset(
    re.split(
        r"\s+",
        "the of and for at in to a an de del della di la le les des du y et und attached prof dr md phd s "
        "department dept division school faculty",
    )
)
# What names of universities add or leave out: "Hospital of X University (School of Medicine)".
_UNIVERSITY_TOKENS = frozenset(["university", "medical_university"])
_DEPARTMENT = re.compile(r"\b(?:department|dept|division|section|unit|ward|laborator(?:y|ies))\b", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}\s*[.)、）]\s*")
_DEGREES = re.compile(r"\b(?:MD|M\.D\.?|PhD|Ph\.D\.?|Prof(?:essor)?|Dr)\b\.?", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff]+")
_SEPARATORS = re.compile(r"[;；、\n]|\s/\s|/ ")
_BRANCH = re.compile(r"[（(][^）)]*[）)]")


@dataclass(frozen=True)
class Organisation:
    """What a name says: a key that all names of one organisation share, and its parts for partial agreement."""

    key: str
    tokens: tuple[str, ...]
    is_listed: bool


def split_names(text: str) -> list[str]:
    """Return the organisations of a field that lists several: `甲公司/ 乙公司`, `A; B`, `1. A; 2. B`."""
    return [part for part in (_LIST_NUMBER.sub("", piece).strip() for piece in _SEPARATORS.split(text)) if part]


def without_departments(name: str) -> str:
    """Return a name without the parts between commas that name a department, unless nothing else is left."""
    parts = [part for part in re.split(r"[,，]", name) if not _DEPARTMENT.search(part)]
    return ",".join(parts) if parts else name


def normalise_name(name: str) -> str:
    """Return a name in lower case, half width, without accents and punctuation; Chinese words stand apart."""
    text = unicodedata.normalize("NFKC", name).lower().replace("〇", "零")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    # Possessives are cut off, other apostrophes stand inside a name (You'an, Xi'an).
    text = re.sub(r"['’`]", "", re.sub(r"['’`]s\b", " s", text))
    text = re.sub(r"[^0-9a-z\u3400-\u9fff]+", " ", text)
    text = _CJK.sub(lambda found: f" {found.group()} ", text)
    return " ".join(word for word in text.split() if word not in _STOP_WORDS)


class OrganisationNames:
    """The dictionaries of linkage (organisation_names, organisation_word_terms, pinyin), ready to read names with."""

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        word_terms: Iterable[tuple[str, str]],
        pinyin: Mapping[str, str],
        surnames: Iterable[str] = (),
    ) -> None:
        """Take (name, organisation id), (term, token), character → syllable and surnames, as the seeds hold them."""
        self._surnames = frozenset(surnames)
        self._token_of: dict[str, str] = {}
        for term, token in word_terms:
            self._token_of.setdefault(normalise_name(term), token)
        self._pinyin = dict(pinyin)
        self._longest_chinese_term = max((len(term) for term in self._token_of if _CJK.fullmatch(term)), default=0)
        self._longest_english_term = max((len(term.split()) for term in self._token_of), default=0)
        self._listed: dict[str, str] = {}
        for name, organisation in names:
            self._listed.setdefault(normalise_name(name), organisation)
        # A name inside a longer one (a department of a hospital, a campus) is found by its last words, which only the
        # names of places that treat or make something have: a bare university stands for many hospitals.
        self._inside: dict[str, list[str]] = {}
        for name in self._listed:
            if self._may_stand_inside(name):
                self._inside.setdefault(self._anchor(name), []).append(name)
        for candidates in self._inside.values():
            candidates.sort(key=lambda name: (-len(name), name))
        self._tokens_of_listed: dict[str, tuple[str, ...]] = {}
        # The same parts in another order, with or without the school of medicine, are the same organisation as well.
        self._by_signature: dict[frozenset[str], set[str]] = {}
        for name, organisation in self._listed.items():
            tokens = self._tokens(name)
            if organisation not in self._tokens_of_listed and not _CJK.search(name):
                self._tokens_of_listed[organisation] = tokens
            self._by_signature.setdefault(_signature(tokens), set()).add(organisation)

    def read(self, name: str) -> Organisation:
        """Return the key and tokens of one name.

        A person's name has neither: who leads a trial is an investigator in one registry and a hospital in the other. A
        name that holds nothing but weak words keeps them as its key.
        """
        if self._is_person(name):
            return Organisation("", (), is_listed=False)
        whole = normalise_name(name)
        main = normalise_name(without_departments(name))
        tokens = self._tokens(main)
        organisation = (
            self._find(whole) or self._find(normalise_name(_BRANCH.sub(" ", name))) or self._of_signature(tokens)
        )
        if organisation:
            listed = self._tokens_of_listed.get(organisation, tokens)
            return Organisation(organisation, tuple(dict.fromkeys((*listed, *tokens))), is_listed=True)
        strong = sorted(_signature(tokens)) or sorted(set(tokens))
        return Organisation(" ".join(strong), tokens, is_listed=False)

    def _of_signature(self, tokens: tuple[str, ...]) -> str | None:
        signature = _signature(tokens)
        organisations = self._by_signature.get(signature, set())
        return next(iter(organisations)) if len(organisations) == 1 and len(signature) > 1 else None

    def _is_person(self, name: str) -> bool:
        words = re.findall(r"[a-z]+", normalise_name(_DEGREES.sub(" ", re.split("[,，]", name, maxsplit=1)[0])))
        if not 2 <= len(words) <= 3 or _CJK.search(name) or normalise_name(name) in self._listed:
            return False
        return bool(self._surnames & {words[0], words[-1]}) and not any(word in self._token_of for word in words)

    def _find(self, normalised: str) -> str | None:
        if normalised in self._listed:
            return self._listed[normalised]
        best = ""
        padded = f" {normalised} "
        for anchor in self._anchors_in(normalised):
            for name in self._inside.get(anchor, ()):
                if len(name) <= len(best):
                    break
                if (name in normalised) if _CJK.search(name) else self._stands_in(name, padded):
                    best = name
                    break
        return self._listed[best] if best else None

    def _stands_in(self, name: str, padded: str) -> bool:
        """Return whether an English name stands in a longer one that is not another of several: `second …`."""
        before, found, _ = padded.partition(f" {name} ")
        return bool(found) and not any(self._token_of.get(word, "").isdigit() for word in before.split()[-1:])

    def _may_stand_inside(self, name: str) -> bool:
        if _CJK.search(name):
            return len(name) >= 4 and not name.endswith(("大学", "医学院", "科学院"))
        words = name.split()
        return len(words) >= 2 and (
            words[-1] not in {"university", "college", "sciences", "academy"} and "hospital" in words
        )

    @staticmethod
    def _anchor(name: str) -> str:
        return name[:2] if _CJK.search(name) else name.split(maxsplit=1)[0]

    @staticmethod
    def _anchors_in(normalised: str) -> Iterator[str]:
        seen: set[str] = set()
        for word in normalised.split():
            pieces = (word[i : i + 2] for i in range(len(word) - 1)) if _CJK.search(word) else (word,)
            for piece in pieces:
                if piece not in seen:
                    seen.add(piece)
                    yield piece

    def _tokens(self, normalised: str) -> tuple[str, ...]:
        tokens: list[str] = []
        words = normalised.split()
        position = 0
        while position < len(words):
            if _CJK.search(words[position]):
                tokens.extend(self._chinese_tokens(words[position]))
                position += 1
                continue
            for length in range(min(self._longest_english_term, len(words) - position), 0, -1):
                token = self._token_of.get(" ".join(words[position : position + length]))
                if token:
                    tokens.append(token)
                    position += length
                    break
            else:
                if len(words[position]) > 1:
                    tokens.append(words[position])
                position += 1
        return tuple(dict.fromkeys(tokens))

    def _chinese_tokens(self, text: str) -> list[str]:
        """Cut Chinese text at the longest known terms; what lies between becomes pinyin, as English names write it."""
        tokens: list[str] = []
        syllables = ""
        position = 0
        while position < len(text):
            for length in range(min(self._longest_chinese_term, len(text) - position), 0, -1):
                token = self._token_of.get(text[position : position + length])
                if token:
                    if syllables:
                        tokens.append(syllables)
                        syllables = ""
                    tokens.append(token)
                    position += length
                    break
            else:
                syllables += self._pinyin.get(text[position], text[position])
                position += 1
        if syllables:
            tokens.append(syllables)
        return tokens


def _signature(tokens: Iterable[str]) -> frozenset[str]:
    """Return what tells organisations apart: the parts of a name without weak ones, all kinds of university as one."""
    strong = {"university" if token in _UNIVERSITY_TOKENS else token for token in tokens} - _WEAK_TOKENS
    if any(token.endswith("_university") for token in strong):
        strong.discard("university")
    return frozenset(strong)
