"""Why a paper is not made for this case, and what the person can use instead. Takes the case and the paper's name,
raises NotReady or gives the next move. Touches no files.
"""

from __future__ import annotations

from typing import NoReturn

from massage_claim.actions.look.progress_words import PROGRESS_PAPER
from massage_claim.actions.papers.paper_names import SHORT_NAMES
from massage_claim.actions.project import Opened
from massage_claim.actions.send.handout import NO_DIAGNOSIS
from massage_claim.errors import NotReady, Problem

AROUND_AN_APPEAL = frozenset({"expedited_request", "plan_sponsor_request"})
"""Papers that only some denials have; `denial_scenes` says why one has none."""


def first_record(per: str) -> str:
    """The next move when there is nothing that a paper of this kind could be about."""
    return {
        "claim": "Add a session with `massage-claim add-session`.",
        "session": "Add a session with `massage-claim add-session`.",
        "prescription": "Add a condition with `massage-claim add-condition`.",
        "sending": "Nothing that was sent waits for an answer; `massage-claim submit` records what you send.",
        "decision": "Write down what the plan decided: `massage-claim record-decision`.",
        "office": "Write down what the plan decided: `massage-claim record-decision`.",
        "request": "Write down what they asked for: `massage-claim log-contact --asked-for TEXT`.",
    }.get(per, "Fill in patient.yaml first.")


def not_for_this_case(opened: Opened, name: str) -> NoReturn:
    """Raises NotReady with why this paper has no place in the case."""
    if name == "superbill":
        says = NO_DIAGNOSIS
        fix = "Ask the prescriber for the diagnosis and record it, or print `massage-claim paper receipt`."
    elif name == SHORT_NAMES["statement"]:
        says = "A statement of payments is the practice's own paper, and the patient prepares this case."
        fix = (
            "Add up what you paid with `massage-claim expenses --year YEAR`, or print `massage-claim paper receipt` as a "
            "draft. Only the practice can sign a statement."
        )
    elif name == "tax_and_hsa_summary":
        says = "The summary for taxes is the patient's own paper, and the practice prepares this case."
        fix = "Print `massage-claim paper statement`."
    elif name == PROGRESS_PAPER:
        says = "Progress needs two values: of one measure, or of the pain before two visits."
        fix = "Write them down: `massage-claim add-measure`, and the pain before each visit with `add-session`."
    elif name == "network_exception_request":
        says = "An exception is worth asking for only where the plan pays inside its network alone and nobody is in it."
        fix = "Look where the answers lead: `massage-claim verify-coverage --worth`."
    elif name in AROUND_AN_APPEAL:
        from massage_claim.actions.papers.denial_scenes import NOT_HERE

        says, fix = NOT_HERE[name]
    elif name == "follow_up_letter":
        says = "The plan still has time to decide; a letter comes when that is over (`massage-claim deadlines`)."
        fix = "Call first: `massage-claim log-contact --script` shows what to ask."
    else:
        says = "This paper has nothing to say yet: what it is made from is not recorded."
        fix = "Record a condition, a note or a payment first; `massage-claim status` names the next step."
    raise NotReady(Problem(says, fix, opened.case.where("patient")))
