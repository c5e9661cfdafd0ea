"""The measure of `test_pdf` in typst: the same quiz as a plain template of a good user of typst prints it, tagged.

python plain_typst.py SHEETS.json FONTS OUT
"""

import sys
from importlib import import_module
from pathlib import Path

HEAD = r"""
#let sheets = json("SHEETS")
#set document(title: sheets.first().title)
#set text(font: "Noto Sans", size: 10.5pt, lang: "en")
#let foot(one, what) = context text(size: 7.5pt)[
  #one.form · seed #one.seed · deck #one.deck_version #h(1fr) #what · Page #counter(page).display()
]
"""

QUIZ = r"""
#let marks(n) = text(size: 8.5pt)[#n #if n == 1 [mark] else [marks]]
#for one in sheets {
  set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm), footer: foot(one, [Version #one.version]))
  counter(page).update(1)
  heading(level: 1)[#one.title #h(1fr) Version #one.version]
  grid(columns: (2fr, 1fr), row-gutter: 8pt, [Name], [Class], [Date], [Marks / #one.marks])
  par(one.intro)
  for section in one.sections {
    heading(level: 2, section.heading)
    par(section.instruction)
    for entry in section.entries {
      block(breakable: false, spacing: 15pt)[
        #grid(columns: (23pt, 1fr), strong[#entry.number.], [#entry.prompt #marks(entry.marks)])
        #pad(left: 23pt, enum(numbering: "A", ..entry.options.map(text)))
      ]
    }
  }
  pagebreak(weak: true)
}
"""

KEY = r"""
#for one in sheets {
  let entries = one.sections.map(section => section.entries).flatten()
  set page(
    paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm),
    footer: foot(one, [Answer key · Version #one.version]),
  )
  counter(page).update(1)
  heading(level: 1)[Answer key · Version #one.version]
  text(size: 8.5pt)[#one.title · #one.form]
  line(length: 100%)
  grid(columns: 10, gutter: 8pt, ..entries.map(entry => (str(entry.number), entry.key)).flatten())
  line(length: 100%)
  for entry in entries {
    block(breakable: false, spacing: 6pt)[
      #grid(columns: (23pt, 1fr), [#entry.number], [*#entry.key* #entry.answer])
      #pad(left: 23pt, text(size: 8.5pt, entry.more))
    ]
  }
  pagebreak(weak: true)
}
"""


def main(sheets: Path, fonts: Path, out: Path) -> None:
    typst = import_module("typst")  # may not be installed, and then nobody comes here
    for name, body in (("quiz", QUIZ), ("key", KEY)):
        source = out / f"{name}.typ"
        source.write_text(HEAD.replace("SHEETS", str(sheets)) + body, encoding="utf-8")
        typst.compile(source, root="/", output=out / f"{name}.pdf", font_paths=[fonts], ignore_system_fonts=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
