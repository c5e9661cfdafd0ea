"""The measure of `test_pdf` in LaTeX: the same quiz as a good user of pdflatex prints it. It is not tagged.

python plain_latex.py SHEETS.json OUT
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEAD = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,cmap,fancyhdr}
\usepackage[hmargin=20mm,top=18mm,bottom=20mm]{geometry}
\input{glyphtounicode}\pdfgentounicode=1
\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}
\setlength{\parindent}{0pt}\raggedright
\newcommand{\which}{}\newcommand{\what}{}
\fancyfoot[L]{\scriptsize\which}\fancyfoot[R]{\scriptsize\what{} · Page \thepage}
\newenvironment{kept}{\par\vspace{8pt}\begin{minipage}{\linewidth}\raggedright}{\end{minipage}\par}
\newcommand{\option}[2]{\par\hspace*{23pt}\parbox[t]{0.9\linewidth}{\hangindent=19pt\hangafter=1\makebox[19pt][l]{\textbf{#1}}#2}}
\begin{document}
"""
SPECIAL = re.compile(r"[\\{}$&#^_~%]")
NAMED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def tex(text: str) -> str:
    return SPECIAL.sub(lambda found: NAMED.get(found[0], "\\" + found[0]), text)


def begun(told: dict[str, Any], what: str) -> str:
    which = tex(f"{told['form']} · seed {told['seed']} · deck {told['deck_version']}")
    return rf"\clearpage\setcounter{{page}}{{1}}\renewcommand{{\which}}{{{which}}}\renewcommand{{\what}}{{{what}}}"


def sheet(told: dict[str, Any]) -> Iterator[str]:
    yield begun(told, f"Version {told['version']}")
    yield rf"{{\LARGE\bfseries {tex(told['title'])}\hfill {told['version']}}}\par\bigskip"
    yield rf"Name\hrulefill\ Class\rule{{30mm}}{{.4pt}}\par\medskip Date\hrulefill\ Marks / {told['marks']}\par"
    yield rf"\medskip {tex(told['intro'])}\par"
    for section in told["sections"]:
        yield rf"\section*{{{tex(section['heading'])}}}{tex(section['instruction'])}\par"
        for entry in section["entries"]:
            marks = f"{entry['marks']} mark" + "s" * (entry["marks"] > 1)
            yield rf"\begin{{kept}}\textbf{{{entry['number']}.}} {tex(entry['prompt'])} {{\small {marks}}}"
            for letter, option in zip("ABCDEFGH", entry["options"], strict=False):
                yield rf"\option{{{letter}}}{{{tex(option)}}}"
            yield r"\end{kept}"


def key(told: dict[str, Any]) -> Iterator[str]:
    entries = [entry for section in told["sections"] for entry in section["entries"]]
    yield begun(told, f"Answer key · Version {told['version']}")
    yield rf"{{\LARGE\bfseries Answer key · Version {told['version']}}}\par"
    yield rf"{{\small {tex(told['title'])} · {told['form']}}}\par"
    yield r"\hrule\smallskip\begin{tabular}{*{10}{l}}"
    cells = [text for entry in entries for text in (str(entry["number"]), entry["key"])]
    yield r"\\".join("&".join(cells[i : i + 10]) for i in range(0, len(cells), 10))
    yield r"\end{tabular}\smallskip\hrule\medskip"
    for entry in entries:
        yield rf"\begin{{kept}}\textbf{{{entry['number']} \quad {entry['key']}}} {tex(entry['answer'])}"
        yield rf"\par{{\small {tex(entry['more'])}\par}}\end{{kept}}"


def main(sheets: Path, _: Path, out: Path) -> None:
    """Both files; of fonts it takes its own."""
    versions = json.loads(sheets.read_text(encoding="utf-8"))
    for part, name in ((sheet, "quiz"), (key, "key")):
        body = "\n".join(line for told in versions for line in part(told))
        (out / f"{name}.tex").write_text(f"{HEAD}{body}\n\\end{{document}}\n", encoding="utf-8")
        command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", f"{name}.tex"]
        subprocess.run(command, cwd=out, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
