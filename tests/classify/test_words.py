import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from classify.features import CUES, FEATURE_NAMES, cue_features
from classify.lexicon import HINT, SURE, evidence
from classify.words import Vocabulary, terms, tokens
from domain.families import Families, lowered
from domain.framework import load_framework
from domain.language import folded

texts = st.lists(
    st.lists(st.sampled_from("share audit train the child’s plan".split()), max_size=8).map(" ".join),
    min_size=1,
    max_size=6,
)


@given(texts)
def test_the_weights_are_those_of_scikit_learn(some: list[str]) -> None:
    ours = Vocabulary.learn(some, in_at_least=1)
    if not ours.known:
        return
    dense = ours.weigh(some).times(np.eye(len(ours.known), dtype=np.float32))
    reference = TfidfVectorizer(
        tokenizer=tokens, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True, lowercase=False
    )
    theirs = reference.fit_transform(some)
    order = [reference.vocabulary_[term] for term in ours.known]
    assert dense == pytest.approx(theirs.toarray()[:, order], abs=1e-5)


def test_a_text_without_known_words_is_an_empty_row() -> None:
    rows = Vocabulary.learn(["audit plans", "audit plans"]).weigh(["", "audit", "zzz"])
    product = rows.times(np.ones((3, 2), dtype=np.float32))
    assert product[0].tolist() == product[2].tolist() == [0, 0]
    assert product[1, 0] > 0


def test_terms_are_words_and_pairs() -> None:
    assert terms("The child’s plan") == ["the", "child's", "plan", "the child's", "child's plan"]


def feature(text: str, name: str) -> float:
    return float(cue_features([text])[0, FEATURE_NAMES.index(name)])


def test_cues_tell_audit_from_doing() -> None:
    assert feature("Audit the use of chronologies.", "audit:there") == 1
    assert feature("Use chronologies.", "audit:there") == 0
    assert feature("Use chronologies.", "history:there") == 1
    assert feature("Does the Board know?", "question") == 1


def test_a_cue_in_the_opening_differs_from_one_at_the_end() -> None:
    end = "Practitioners in every agency of the area who work with families must think hard before they audit."
    assert feature("Audit this. " + end, "audit:opening") == 1
    assert feature(end, "audit:opening") == 0
    assert feature("Audit this.", "audit:early") > feature(end, "audit:early")


def test_features_of_no_text_are_zero() -> None:
    assert not cue_features([""]).any()


def test_every_lexicon_code_is_the_frameworks_and_has_both_strengths() -> None:
    framework = load_framework()
    assert set(SURE) == set(HINT) == set(framework.issue_codes + framework.area_codes)


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("Respond to NEGLECT early.", "neglect", True),
        ("Children’s mental health needs", "mental-health", True),
        ("The mental health trust should send minutes.", "mental-health", False),
        ("Serious violence between peers", "domestic-abuse", False),
        ("Violence in the home", "domestic-abuse", True),
        ("Cases open to MARAC", "domestic-abuse", True),
        ("Menu of options", "men-and-fathers", False),
        ("Escalate concerns", "challenge-and-escalation", True),
    ],
)
def test_words_say_a_code_or_do_not(text: str, code: str, found: bool) -> None:
    assert bool(evidence([text], [code])[0, 0, 0]) is found


def test_a_framework_with_other_codes_finds_no_words() -> None:
    assert not evidence(["neglect and supervision"], ["own-code"]).any()


def test_a_family_begins_at_word_starts_only_and_ignores_case() -> None:
    families = Families([(r"\bMASH\b", r"\baudit", "domestic abuse")])
    assert all(families.first_places(folded(t))[0] >= 0 for t in ("The MASH", "Audits", "(domestic abuse)"))
    assert all(families.first_places(folded(t)) == [-1] for t in ("smash it", "mashed", "reaudit", ""))


ALL_FAMILIES = [*CUES.values(), *SURE.values(), *HINT.values()]
FAMILIES = Families(ALL_FAMILIES)
ONE_BY_ONE = [
    re.compile("(?<!\\w)(?:" + "|".join(lowered(a.removeprefix(r"\b")) for a in family) + ")")
    for family in ALL_FAMILIES
]
SPOKEN = """audit audits assurance satisfied itself demonstrate that evidence MASH father's step-up stepping down mental
health trust needs domestic abuse violence serious youth the a of to child seen alone on their own views re-engage not
brought partner who self-harm ring the school self harm? information shared with GP; copies to: e-mail conference-
attendance at 'voices' lessons learning from this review: reviews; multi-agency""".split()


@given(st.lists(st.sampled_from(SPOKEN), max_size=25).map(" ".join))
def test_looking_for_all_families_at_once_finds_what_one_after_the_other_finds(text: str) -> None:
    plain = folded(text)
    each = [match.start() if (match := pattern.search(plain)) else -1 for pattern in ONE_BY_ONE]
    assert FAMILIES.first_places(plain) == each
