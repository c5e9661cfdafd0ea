"""The table of all rules: each with the reason why it is one."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.lint.banks import answer_everywhere, longest_often_right, true_false_balance
from quizgen.lint.blanks import blank_tells, long_blank, small_blank
from quizgen.lint.curating import absurd_value, after_its_source, not_asked, one_source, picture_tells, source
from quizgen.lint.curating import unlike_in_vain
from quizgen.lint.found import Found, Rule
from quizgen.lint.options import absurd_option, longest_is_right, mixed_options, place_in_place
from quizgen.lint.prompts import prompt_end
from quizgen.lint.stems import answer_in_stem, article_cue, asked_twice, number_cue, same_stem
from quizgen.lint.twins import conflict, duplicate_fact
from quizgen.lint.wording import absolutes, all_of_the_above, long_quote, negative_statement, negative_stem, style
from quizgen.lint.wording import time_bound, vague_words
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
        reason=f"A telling word that only the stem and the right option share leads to it by its sound ({_TARRANT}: clang).",
        check=answer_in_stem,
    ),
    Rule(
        name="article-cue",
        reason=f"'a' or 'an' at the end of a stem tells how the answer begins ({_HALADYNA}, rule 28; {_SAQUET}).",
        check=article_cue,
    ),
    Rule(
        name="number-cue",
        reason=f"A verb that agrees with one option alone tells which it is ({_HALADYNA}, rule 28; {_SAQUET}).",
        check=number_cue,
    ),
    Rule(
        name="negative-stem",
        reason=f"A small 'not' is overlooked; a stem asks for what is so ({_HALADYNA}, rule 17; {_TARRANT}).",
        check=negative_stem,
    ),
    Rule(
        name="same-stem",
        reason=f"Two questions in the same words with different answers have no single right answer ({_HALADYNA}, rule 19).",
        check=same_stem,
    ),
    Rule(
        name="asked-twice",
        reason=f"Each question tests something of its own ({_HALADYNA}, rule 5).",
        check=asked_twice,
    ),
    Rule(
        name="prompt-end",
        reason=f"A stem is a whole question or a whole order ({_HALADYNA}, rule 14; {_SAQUET}: unfocused stem).",
        check=prompt_end,
    ),
    # Words
    Rule(
        name="absolutes",
        reason=f"'Always' and 'never' are seldom true, and test-wise readers know it ({_HALADYNA}, rule 28; {_TARRANT}).",
        check=absolutes,
    ),
    Rule(
        name="vague-words",
        reason=f"'Often' and 'many' mean something else to everyone ({_TARRANT}; {_SAQUET}: vague terms).",
        check=vague_words,
    ),
    Rule(
        name="time-bound",
        reason=f"What is true 'now' is wrong one day, and nobody will notice ({_SAQUET}: ambiguous information).",
        check=time_bound,
    ),
    Rule(
        name="negative-statement",
        reason=f"Whether a denial is false is a riddle and no question ({_HALADYNA}, rule 17; {_SAQUET}).",
        check=negative_statement,
    ),
    Rule(
        name="all-of-the-above",
        reason=f"'All of the above' is right more often than not ({_HALADYNA}, rules 25 and 26; {_POUNDSTONE}: 52 %).",
        check=all_of_the_above,
    ),
    Rule(
        name="long-quote",
        reason=f"Words that need not be read are left out of a stem ({_HALADYNA}, rules 8 and 16).",
        check=long_quote,
    ),
    Rule(
        name="style",
        reason=f"Options are alike in grammar and form, so that none stands out ({_HALADYNA}, rules 11 and 23).",
        check=style,
    ),
    # Options
    Rule(
        name="longest-is-right",
        reason=f"The longest option is what one marks who does not know ({_HALADYNA}, rule 24; {_TARRANT}).",
        check=longest_is_right,
    ),
    Rule(
        name="longest-often-right",
        reason=f"A habit of the whole bank is learnt within one test ({_HALADYNA}, rule 24; {_TARRANT}).",
        check=longest_often_right,
    ),
    Rule(
        name="mixed-options",
        reason=f"Options are of one kind, unit and precision ({_HALADYNA}, rule 23; {_SAQUET}: heterogeneous options).",
        check=mixed_options,
    ),
    Rule(
        name="absurd-option",
        reason=f"An option that nobody believes is none ({_HALADYNA}, rule 29; {_TARRANT}: implausible distractors).",
        check=absurd_option,
    ),
    Rule(
        name="place-in-place",
        reason=f"Where one option holds the other, both may be right ({_HALADYNA}, rule 22: options do not overlap).",
        check=place_in_place,
    ),
    Rule(
        name="true-false-balance",
        reason=f"Who marks every statement as true is right too often ({_POUNDSTONE}: 56 % are true).",
        check=true_false_balance,
    ),
    # Blanks
    Rule(
        name="long-blank",
        reason=f"Nobody guesses a blank of many words as it was written ({_SAQUET}: unfocused; {_HALADYNA}, rule 14).",
        check=long_blank,
    ),
    Rule(
        name="small-blank",
        reason=f"A question is about something that matters ({_HALADYNA}, rule 3: no trivial content).",
        check=small_blank,
    ),
    Rule(
        name="blank-tells",
        reason=f"A blank whose answer stands beside it tests reading ({_TARRANT}: word repeats; {_SAQUET}).",
        check=blank_tells,
    ),
    # Facts
    Rule(
        name="source",
        reason=f"Curated means that every fact can be traced ({_README}).",
        check=source,
        told_by_reading=True,
    ),
    Rule(
        name="one-source",
        reason=f"What one source alone says is its opinion until a second bears it out ({_HALADYNA}, rule 6: no opinion).",
        check=one_source,
    ),
    Rule(
        name="duplicate-fact",
        reason=f"Two facts that say the same ask everything twice ({_HALADYNA}, rule 5).",
        check=duplicate_fact,
    ),
    Rule(
        name="conflict",
        reason=f"Two facts that contradict each other leave no right answer ({_HALADYNA}, rule 19; {_README}).",
        check=conflict,
    ),
    Rule(
        name="absurd-value",
        reason=f"A share of more than all, a count below nothing: somebody mistyped ({_SAQUET}: implausible options).",
        check=absurd_value,
    ),
    Rule(
        name="after-its-source",
        reason=f"No source knows what happened after it appeared ({_README}: every fact can be traced).",
        check=after_its_source,
    ),
    Rule(
        name="not-asked",
        reason=f"A fact that no question asks was curated in vain ({_README}: what cannot be asked soundly is not asked).",
        check=not_asked,
    ),
    Rule(
        name="unlike-in-vain",
        reason=f"Wrong options are of the right one's kind ({_HALADYNA}, rule 23), so another kind never serves.",
        check=unlike_in_vain,
    ),
    Rule(
        name="picture-tells",
        reason=f"Who has `alt` read aloud has the answer read aloud ({_TARRANT}: word repeats; WCAG 2.2, 1.1.1: tests).",
        check=picture_tells,
    ),
    Rule(
        name="answer-everywhere",
        reason=f"An answer that many other questions name is known from them ({_HALADYNA}, rule 5: questions are independent).",
        check=answer_everywhere,
    ),
    # This check itself
    Rule(
        name="silence",
        reason=f"A silence that silences nothing would hide what comes later ({_README}).",
        check=_settled,
    ),
)

BY_NAME = {rule.name: rule for rule in RULES}
