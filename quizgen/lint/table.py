"""The table of all rules: each with the reason why it is one."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.lint.banks import answer_everywhere, longest_often_right, true_false_balance
from quizgen.lint.blanks import blank_tells, long_blank, small_blank
from quizgen.lint.curating import (
    absurd_value,
    after_its_source,
    not_asked,
    one_source,
    picture_tells,
    source,
    unlike_in_vain,
)
from quizgen.lint.found import Found, Rule
from quizgen.lint.options import absurd_option, longest_is_right, mixed_options, place_in_place
from quizgen.lint.prompts import prompt_end
from quizgen.lint.stems import answer_in_stem, article_cue, asked_twice, number_cue, same_stem
from quizgen.lint.twins import conflict, duplicate_fact
from quizgen.lint.wording import (
    absolutes,
    all_of_the_above,
    long_quote,
    negative_statement,
    negative_stem,
    style,
    time_bound,
    vague_words,
)
from quizgen.questions import Bank

# Haladyna, T. M., Downing, S. M., Rodriguez, M. C. (2002): A review of multiple-choice item-writing guidelines for
# classroom assessment. Applied Measurement in Education 15(3), 309-334. 10.1207/s15324818ame1503_5
_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
# Tarrant, M., Knierim, A., Hayes, S. K., Ware, J. (2006): The frequency of item writing flaws in multiple-choice
# questions used in high stakes nursing assessments. Nurse Education Today 26(8), 662-671. 10.1016/j.nedt.2006.07.006
_TARRANT = "Tarrant et al. 2006"
# Moore, S., Costello, E., Nguyen, H. A., Stamper, J. (2024): An automatic question usability evaluation toolkit.
# arXiv:2405.20529. Nineteen criteria.
_SAQUET = "SAQUET 2024, arXiv 2405.20529"
# Poundstone, W. (2014): Rock breaks scissors. Counts of right answers in published tests.
_POUNDSTONE = "Poundstone 2014"
_README = "README, Why a question can be trusted"


def _settled(_deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """Told by `quizgen.lint.lint` itself, when it knows what all other rules have found."""
    return iter(())


RULES: tuple[Rule, ...] = (
    # Stems
    Rule(
        name="answer-in-stem",
        reason="A telling word that only the stem and the right option share leads to it by its sound.",
        reference=f"{_HALADYNA}, rule 28b: clang; {_SAQUET}: word repeats",
        check=answer_in_stem,
    ),
    Rule(
        name="article-cue",
        reason="'a' or 'an' at the end of a stem tells how the answer begins.",
        reference=f"{_HALADYNA}, rule 28c; {_SAQUET}: grammatical cues",
        check=article_cue,
    ),
    Rule(
        name="number-cue",
        reason="A verb that agrees with one option alone tells which it is.",
        reference=f"{_HALADYNA}, rule 28c; {_SAQUET}: grammatical cues",
        check=number_cue,
    ),
    Rule(
        name="negative-stem",
        reason="A small 'not' is overlooked; a stem asks for what is so.",
        reference=f"{_HALADYNA}, rule 17; {_TARRANT}",
        check=negative_stem,
    ),
    Rule(
        name="same-stem",
        reason="Two questions in the same words with different answers have no single right answer.",
        reference=f"{_HALADYNA}, rule 19",
        check=same_stem,
    ),
    Rule(
        name="asked-twice",
        reason="Each question tests something of its own.",
        reference=f"{_HALADYNA}, rule 4: items are independent",
        check=asked_twice,
    ),
    Rule(
        name="prompt-end",
        reason="A stem is a whole question or a whole order.",
        reference=f"{_HALADYNA}, rules 14 and 15; {_SAQUET}: unfocused stem",
        check=prompt_end,
    ),
    # Words
    Rule(
        name="absolutes",
        reason="'Always' and 'never' are seldom true, and test-wise readers know it.",
        reference=f"{_HALADYNA}, rule 28a; {_SAQUET}: absolute terms",
        check=absolutes,
    ),
    Rule(
        name="vague-words",
        reason="'Often' and 'many' mean something else to everyone.",
        reference=f"{_TARRANT}; {_SAQUET}: vague terms",
        check=vague_words,
    ),
    Rule(
        name="time-bound",
        reason="What is true 'now' is wrong one day, and nobody will notice.",
        reference=f"{_SAQUET}: ambiguous information",
        check=time_bound,
    ),
    Rule(
        name="negative-statement",
        reason="Whether a denial is false is a riddle and no question.",
        reference=f"{_HALADYNA}, rule 17; {_SAQUET}: negative worded",
        check=negative_statement,
    ),
    Rule(
        name="all-of-the-above",
        reason="'All of the above' is right more often than not.",
        reference=f"{_HALADYNA}, rules 25 and 26; {_POUNDSTONE}: 52 %",
        check=all_of_the_above,
    ),
    Rule(
        name="long-quote",
        reason="Words that need not be read are left out of a stem.",
        reference=f"{_HALADYNA}, rules 13 and 16",
        check=long_quote,
    ),
    Rule(
        name="style",
        reason="Options are alike in grammar and form, so that none stands out.",
        reference=f"{_HALADYNA}, rules 12 and 23",
        check=style,
    ),
    # Options
    Rule(
        name="longest-is-right",
        reason="The longest option is what one marks who does not know.",
        reference=f"{_HALADYNA}, rules 24 and 28d; {_TARRANT}",
        check=longest_is_right,
    ),
    Rule(
        name="longest-often-right",
        reason="A habit of the whole bank is learnt within one test.",
        reference=f"{_HALADYNA}, rule 24; {_TARRANT}",
        check=longest_often_right,
    ),
    Rule(
        name="mixed-options",
        reason="Options are of one kind, unit and precision.",
        reference=f"{_HALADYNA}, rules 23 and 28",
        check=mixed_options,
    ),
    Rule(
        name="absurd-option",
        reason="An option that nobody believes is none.",
        reference=f"{_HALADYNA}, rules 28f and 29; {_SAQUET}: implausible distractors",
        check=absurd_option,
    ),
    Rule(
        name="place-in-place",
        reason="Where one option holds the other, both may be right.",
        reference=f"{_HALADYNA}, rule 22: options do not overlap",
        check=place_in_place,
    ),
    Rule(
        name="true-false-balance",
        reason="Who marks every statement as true is right too often.",
        reference=f"{_POUNDSTONE}: 56 % are true",
        check=true_false_balance,
    ),
    # Blanks
    Rule(
        name="long-blank",
        reason="Nobody guesses a blank of many words as it was written.",
        reference=f"{_HALADYNA}, rule 14; {_TARRANT}",
        check=long_blank,
    ),
    Rule(
        name="small-blank",
        reason="A question is about something that matters.",
        reference=f"{_HALADYNA}, rule 2: no trivial content",
        check=small_blank,
    ),
    Rule(
        name="blank-tells",
        reason="A blank whose answer stands beside it tests reading.",
        reference=f"{_SAQUET}: word repeats",
        check=blank_tells,
    ),
    # Facts
    Rule(
        name="source",
        reason="Curated means that every fact can be traced.",
        reference=_README,
        check=source,
        told_by_reading=True,
    ),
    Rule(
        name="one-source",
        reason="What one source alone says is its opinion until a second bears it out.",
        reference=f"{_HALADYNA}, rule 6: no opinion",
        check=one_source,
    ),
    Rule(
        name="duplicate-fact",
        reason="Two facts that say the same ask everything twice.",
        reference=f"{_HALADYNA}, rule 4",
        check=duplicate_fact,
    ),
    Rule(
        name="conflict",
        reason="Two facts that contradict each other leave no right answer.",
        reference=f"{_HALADYNA}, rule 19; {_README}",
        check=conflict,
    ),
    Rule(
        name="absurd-value",
        reason="A share of more than all, a count below nothing: somebody mistyped.",
        reference=f"{_HALADYNA}, rule 11: proofread",
        check=absurd_value,
    ),
    Rule(
        name="after-its-source",
        reason="No source knows what happened after it appeared.",
        reference=f"{_README}: every fact can be traced",
        check=after_its_source,
    ),
    Rule(
        name="not-asked",
        reason="A fact that no question asks was curated in vain.",
        reference=f"{_README}: what cannot be asked soundly is not asked",
        check=not_asked,
    ),
    Rule(
        name="unlike-in-vain",
        reason="Wrong options are of the right one's kind, so another kind never serves.",
        reference=f"{_HALADYNA}, rule 23",
        check=unlike_in_vain,
    ),
    Rule(
        name="picture-tells",
        reason="Who has `alt` read aloud has the answer read aloud.",
        reference=f"WCAG 2.2, 1.1.1; {_SAQUET}: word repeats",
        check=picture_tells,
    ),
    Rule(
        name="answer-everywhere",
        reason="An answer that many other questions name is known from them.",
        reference=f"{_HALADYNA}, rule 4: items are independent",
        check=answer_everywhere,
    ),
    # This check itself
    Rule(
        name="silence",
        reason="A silence that silences nothing would hide what comes later.",
        reference=_README,
        check=_settled,
    ),
)

BY_NAME = {rule.name: rule for rule in RULES}
