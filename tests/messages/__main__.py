"""`python -m tests.messages`: run all samples, write their outputs and the page as they are now, for review."""

from __future__ import annotations

import sys
import time

from tests.messages.catalogue import PAGE, UNSAID, page, run_all

start = time.process_time()
outcome = run_all()
for sample in outcome.stale:
    sample.path.write_text(sample.written(), encoding="utf-8")
    sys.stdout.write(f"{sample.path}\n")
PAGE.parent.mkdir(exist_ok=True)
PAGE.write_text(page(outcome), encoding="utf-8")
for site, wording in outcome.unsaid:
    if (site.key[0], wording) not in UNSAID:
        sys.stdout.write(f"{site}: no sample says: {wording}\n")
said = len(outcome.wordings) - len(outcome.unsaid)
sys.stdout.write(
    f"{said} of {len(outcome.wordings)} said, {len(outcome.samples)} samples, {time.process_time() - start:.1f} s\n"
)
