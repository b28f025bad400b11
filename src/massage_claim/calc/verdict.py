"""Which route to payment there is: one verdict of a closed list, why, the next step, and what is still possible.

Takes the case, the facts and today, gives a `Verdict`. The words are facts (`facts/routes.yaml`); the order of the
questions is here: who pays first, what the plan never pays, what it answered, and what it has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc import route as said
from massage_claim.calc.provider_kind import MASSAGE_THERAPIST, OF_OTHER_THERAPY, provider_kind
from massage_claim.calc.roles import treating
from massage_claim.calc.route_verdict import Reason, Verdict
from massage_claim.calc.still_possible import still_possible
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.facts.plan_kinds import CoverageQuestion
from massage_claim.facts.route_kinds import PlanRoute
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.providers import Provider

ACTIVE = "coverage_active"
ACCOUNT = "health_account"
NETWORK_SEARCH = "network_exception"
FIRST_INSURERS = frozenset({"workers-comp", "auto"})


def verdict(case: Case, facts: Facts, today: date, provider: Provider | None = None) -> Verdict:
    """The route for `provider`, else for the first who treats; without one, for a massage therapist to be found."""
    who = provider or next(iter(treating(case)), None)
    return _Judge(case, facts, today, who).judge()


def approved(case: Case, today: date) -> bool:
    """Whether an approval (authorization, referral) is on file that has not run out."""
    return any(item.until is None or item.until >= today for item in case.authorizations)


class _Judge:
    def __init__(self, case: Case, facts: Facts, today: date, who: Provider | None) -> None:
        self.case, self.facts, self.today, self.who = case, facts, today, who
        self.kind = provider_kind(who, facts)
        self.in_network = who is not None and who.network is not None and who.network.status == "in"
        self.questions = {question.id: question for question in facts.coverage_questions}

    def judge(self) -> Verdict:
        return self._first() or self._stopped() or self._narrowed() or self._paid()

    # --- who decides before the plan's own answers do

    def _first(self) -> Verdict | None:
        accident = self.case.plan.accident
        if self.case.plan.kind not in FIRST_INSURERS and accident and (accident.work or accident.auto):
            named = "work" if accident.work else "auto"
            says = "It comes from work." if accident.work else "It comes from a car accident."
            where = self.case.where("plan", "accident", named)
            return self._give("accident_or_work_insurer_first", [self._reason(says, where)])
        if self._said(ACTIVE) is False:
            return self._give("not_covered_stop", [self._answer(ACTIVE)])
        decided = self._of_plan("approved" if approved(self.case, self.today) else "not-approved") or self._of_plan(
            "always"
        )
        if decided is None:
            return None
        if decided.route == "hsa_fsa_only" and self._account() is False:
            return self._give("not_covered_stop", [self._kind(), self._answer(ACCOUNT)], by_law=True)
        return self._by_plan(decided, by_law=True)

    # --- what is not paid at all

    def _stopped(self) -> Verdict | None:
        for end in said.dead_ends(self.case, self.facts):
            if end.kind != "medicare":  # there the provider decides too: `plan_routes`
                reasons = [Reason(end.says, str(end.source), self.case.where("plan", "kind"))]
                return self._give("not_covered_stop", reasons, by_law=True)
        if self._said(said.EXCLUDED):
            route = "hsa_fsa_only" if self._account() else "not_covered_stop"
            return self._give(route, [self._answer(said.EXCLUDED)])
        both = {name: pair for name in self._decisive() if (pair := said.opposing(self.case, name))}
        if both:
            reasons = [
                Reason(f"Answered both yes and no. {self._question(name).question}", self._source(name), answer.where)
                for name, pair in both.items()
                for answer in pair
            ]
            return self._give("unknown_ask", reasons, asks=list(both))
        return None

    # --- what is paid, but not this way

    def _narrowed(self) -> Verdict | None:
        if self._said(said.WITHIN_OTHER_THERAPY) and self.kind not in OF_OTHER_THERAPY:
            return self._give("within_therapy_only", [self._answer(said.WITHIN_OTHER_THERAPY)])
        if self._said(said.THERAPIST_ACCEPTED) is False and self.kind == MASSAGE_THERAPIST:
            return self._give("within_therapy_only", [self._answer(said.THERAPIST_ACCEPTED)])
        declined = self._declined()
        if declined:
            where = self.case.where(declined, "declined")
            return self._give("doctor_declined", [self._reason("A doctor declined to order it.", where)])
        if self._said(said.OUT_OF_NETWORK) is False and not self.in_network:
            reasons = [self._answer(said.OUT_OF_NETWORK)]
            others = [name for name in self._unknown() if name != said.OUT_OF_NETWORK]
            search = self._searched()
            if search is None:
                return self._give("in_network_only", reasons, asks=[NETWORK_SEARCH])
            if not others:
                return self._give("exception_worth_asking", [*reasons, search])
            return self._give("unknown_ask", [*reasons, search], asks=others)
        return None

    def _declined(self) -> Condition | None:
        """The condition for which a doctor declined, while it leaves the order, or every diagnosis, missing."""
        for condition in self.case.conditions:
            if condition.declined is None:
                continue
            since = condition.declined.on
            ordered = any(order.signed and order.date >= since for order in self.case.prescriptions)
            enough = said.order_required(self.case) is False and any(item.by for item in condition.diagnoses)
            if not ordered and not enough:
                return condition
        return None

    # --- what is paid, or not known

    def _paid(self) -> Verdict:
        first = list(self._approval_first())
        if first:
            return self._give("predetermination_first", first, asks=self._unknown())
        unknown = self._unknown()
        if unknown or self.case.plan.kind in FIRST_INSURERS:  # these give an approval, not a benefit
            decided = self._of_plan("unasked")
            if decided:
                return self._by_plan(decided, asks=unknown)
            return self._give("unknown_ask", [self._not_answered(name) for name in unknown[:1]], asks=unknown)
        names = [said.EXCLUDED, said.THERAPIST_ACCEPTED if self.kind == MASSAGE_THERAPIST else ACTIVE]
        reasons = [self._answer(name) for name in names]
        if self.in_network and self.who:
            where = self.case.where(self.who, "network")
            return self._give(
                "covered_through_this_therapist", [*reasons, self._reason("The therapist is in the network.", where)]
            )
        outside = self._of_plan("outside")
        if outside:
            return self._by_plan(outside)
        return self._give("out_of_network_superbill", [*reasons, self._answer(said.OUT_OF_NETWORK)])

    def _approval_first(self) -> Iterator[Reason]:
        """Why something must come first that is not there yet. An order alone is step 2, not an approval."""
        if approved(self.case, self.today):
            return
        wanted = said.authorization_required(self.case)
        if wanted and said.authorization_from_visit(self.case) == 1:
            yield self._answer(said.AUTHORIZATION)
        elif wanted is None and said.order_required(self.case) is None and self._said(said.ORDER_OR_APPROVAL):
            yield self._answer(said.ORDER_OR_APPROVAL)

    # --- the pieces

    def _decisive(self) -> tuple[str, ...]:
        return tuple(question.id for question in said.decisive(self.facts, self.who))

    def _unknown(self) -> list[str]:
        return [name for name in self._decisive() if self._said(name) is None]

    def _said(self, question: str) -> bool | None:
        return said.settled(self.case, question)

    def _account(self) -> bool | None:
        """Whether there is an HSA, FSA or HRA: as answered, or because it paid before."""
        if any(payment.from_ in ("hsa", "fsa") for payment in self.case.payments):
            return True
        return self._said(ACCOUNT)

    def _searched(self) -> Reason | None:
        """The newest answer that no massage therapist is in the network; None when there is one, or nobody looked."""
        found = said.answers_to(self.case, NETWORK_SEARCH)
        return self._answer(NETWORK_SEARCH) if found and not found[0].yes else None

    def _of_plan(self, when: str) -> PlanRoute | None:
        fitting = (r for r in self.facts.plan_routes if r.kind == self.case.plan.kind and r.when == when)
        return next((route for route in fitting if self.kind in route.providers), None)

    def _by_plan(self, decided: PlanRoute, asks: list[str] | None = None, *, by_law: bool = False) -> Verdict:
        return self._give(decided.route, [self._kind()], decided=decided, asks=asks or [], by_law=by_law)

    def _give(
        self,
        name: str,
        reasons: list[Reason],
        *,
        decided: PlanRoute | None = None,
        asks: list[str] | None = None,
        by_law: bool = False,
    ) -> Verdict:
        """`by_law`: the law or the kind of plan decided, so its answers neither stop nor open anything."""
        decisive = () if by_law else said.decisive(self.facts, self.who)
        words = self.facts.routes[name]
        behind = decided or words
        return Verdict(
            name=name,
            title=words.title,
            pays=words.pays,
            says=behind.says,
            because=tuple(reasons),
            next_step=(decided.next_step if decided else None) or words.next_step,
            source=str(behind.source),
            check=None if behind.may_be_quoted else behind.note,
            provider=self.kind,
            alternatives=still_possible(self.case, self.facts, name),
            asks=tuple(self._question(asked) for asked in asks or []),
            stops=said.stopping(self.case, decisive),
            unknown=tuple(question for question in decisive if not said.answers_to(self.case, question.id)),
        )

    def _kind(self) -> Reason:
        words = self.facts.plan_kinds[self.case.plan.kind].words
        return self._reason(f"The kind of plan: {words}.", self.case.where("plan", "kind"))

    def _answer(self, question: str) -> Reason:
        answers = said.answers_to(self.case, question)
        words = "yes" if answers and answers[0].yes else "no"
        asked = self._question(question).question
        return Reason(f"{asked} The answer: {words}.", self._source(question), answers[0].where if answers else None)

    def _not_answered(self, question: str) -> Reason:
        return Reason(f"Not answered yet. {self._question(question).question}", self._source(question))

    def _reason(self, says: str, where: Where) -> Reason:
        return Reason(says, "what is written in the case", where)

    def _question(self, question: str) -> CoverageQuestion:
        return self.questions[question]

    def _source(self, question: str) -> str:
        return str(self.questions[question].source)
