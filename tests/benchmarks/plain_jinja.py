"""The measure of `test_page`: a page of questions as a plain Jinja2 template makes it.

What a good user of Jinja2 would write: autoescape, one article a question with its options, and below it, folded, the
answers, why the others are wrong, the note and the source. It judges no answer and remembers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import Environment

TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{{ title }}</title>
<h1>{{ title }}</h1>
{% for question in questions %}
<article id="{{ question.id }}" class="{{ question.form }}">
  <h2>{{ question.prompt }}</h2>
  {% if question.statement %}<p>{{ question.statement }}</p>{% endif %}
  {% if question.text %}<p>{{ question.text }}</p>{% endif %}
  {% if question.options %}
  <ul>
    {% for option in question.options %}
    <li>{{ option.text }}</li>
    {% endfor %}
  </ul>
  {% endif %}
  {% if question.form == "match" %}
  <ul>{% for text in question.left %}<li>{{ text }}</li>{% endfor %}</ul>
  <ul>{% for text in question["right"] %}<li>{{ text }}</li>{% endfor %}</ul>
  {% endif %}
  {% if question.form == "order" %}
  <ul>{% for text in question["items"] %}<li>{{ text }}</li>{% endfor %}</ul>
  {% endif %}
  <details>
    <summary>Answer</summary>
    {% for answer in question.answers %}<p>{{ answer }}</p>{% endfor %}
    {% if question.options %}
    <ul>{% for option in question.options if option.why %}<li>{{ option.why }}</li>{% endfor %}</ul>
    {% endif %}
    {% if question.correction %}<p>{{ question.correction }}</p>{% endif %}
    {% if question.why %}<p>{{ question.why }}</p>{% endif %}
    {% if question.by %}<p>{{ question.by }}</p>{% endif %}
    {% if question.note %}<p>{{ question.note }}</p>{% endif %}
    {% if question.source %}<p>Source: {{ question.source }}</p>{% endif %}
  </details>
</article>
{% endfor %}
</html>
""")


def page(title: str, questions: Sequence[Mapping[str, object]]) -> bytes:
    """The page with these questions, which are as in the JSON bank."""
    return TEMPLATE.render(title=title, questions=questions).encode()
