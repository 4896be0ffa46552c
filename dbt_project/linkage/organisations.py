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
    """Return the organisations of a field that lists several: `甲公司/ 乙公司`, `A; B`."""
    return [part for part in (piece.strip() for piece in _SEPARATORS.split(text)) if part]


def normalise_name(name: str) -> str:
    """Return a name in lower case, half width, without accents and punctuation; Chinese words stand apart."""
    text = unicodedata.normalize("NFKC", name).lower()
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
    ) -> None:
        """Take (name, organisation id), (term, token) and character → syllable, as the seeds hold them."""
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
        for name, organisation in self._listed.items():
            if organisation not in self._tokens_of_listed and not _CJK.search(name):
                self._tokens_of_listed[organisation] = self._tokens(name)

    def read(self, name: str) -> Organisation:
        """Return the key and tokens of one name. A name that holds nothing but weak words keeps them as its key."""
        normalised = normalise_name(name)
        organisation = self._find(normalised) or self._find(normalise_name(_BRANCH.sub(" ", name)))
        tokens = self._tokens(normalised)
        if organisation:
            listed = self._tokens_of_listed.get(organisation, tokens)
            return Organisation(organisation, tuple(dict.fromkeys((*listed, *tokens))), is_listed=True)
        strong = sorted(set(tokens) - _WEAK_TOKENS) or sorted(set(tokens))
        return Organisation(" ".join(strong), tokens, is_listed=False)

    def _find(self, normalised: str) -> str | None:
        if normalised in self._listed:
            return self._listed[normalised]
        best = ""
        padded = f" {normalised} "
        for anchor in self._anchors_in(normalised):
            for name in self._inside.get(anchor, ()):
                if len(name) <= len(best):
                    break
                if (name in normalised) if _CJK.search(name) else (f" {name} " in padded):
                    best = name
                    break
        return self._listed[best] if best else None

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
