"""What a paper is about: the case, and which claim, order, session or appeal; and the names that templates may use."""

from __future__ import annotations

from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.roles import in_role, who_is_paid
from massage_claim.calc.visits import order_of, treatment_sessions
from massage_claim.documents.chronology import ForChronology
from massage_claim.documents.clinicians import ForDoctor, ForTherapist, Planned
from massage_claim.documents.denials import ForDenial
from massage_claim.documents.follow_up import RequestView, SendingView
from massage_claim.documents.network_search import NetworkSearch
from massage_claim.documents.payments import PaymentsView
from massage_claim.documents.progress_report import ForProgress
from massage_claim.documents.tax_summary import ForExpenses
from massage_claim.documents.views import AppealView, ClaimView, CoverView, StatementView, UploadView
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.claim import Amendment
from massage_claim.models.condition import Condition
from massage_claim.models.coverage import Coverage
from massage_claim.models.decision import Decision
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session


@dataclass(frozen=True)
class Scene:
    """The subject of one paper. Everything that does not belong to it is None or empty."""

    case: Case
    facts: Facts
    today: date
    claim: ClaimView | None = None
    statement: StatementView | None = None
    orders: tuple[Prescription, ...] = ()
    sessions: tuple[Session, ...] = ()
    session: Session | None = None
    decision: Decision | None = None
    appeal: AppealView | None = None
    cover: CoverView | None = None
    about_condition: Condition | None = None
    candidate: Provider | None = None
    sending: SendingView | None = None
    request: RequestView | None = None
    uploads: tuple[UploadView, ...] = ()
    payments: PaymentsView | None = None
    year: int | None = None
    office: str | None = None

    @property
    def order(self) -> Prescription | None:
        """The order that the paper is about; the newest one when there are several."""
        return self.orders[-1] if self.orders else None

    @property
    def condition(self) -> Condition | None:
        return self.about_condition or condition_of(self.case, self.order)

    @property
    def therapist(self) -> Provider | None:
        """Who treated: the one that the lines name, or the only therapist there is."""
        named = [session.rendering for session in (self.session, *self.sessions) if session and session.rendering]
        if self.claim:
            named += [line.rendering for line in self.claim.lines if line.rendering]
        found = self.case.find(Provider, named[0]) if named else None
        return found or _only(in_role(self.case, "rendering"))

    @property
    def practice(self) -> Provider | None:
        """Who is paid: the therapist, if they bill themselves; else the only one with that role."""
        return who_is_paid(self.case, self.therapist)

    @property
    def prescriber(self) -> Provider | None:
        """Who ordered."""
        named = self.case.find(Provider, self.order.referring) if self.order else None
        return named or _only(in_role(self.case, "referring"))

    def values(self) -> dict[str, object]:
        """The names a template may use. They are public: CONTRIBUTING lists them, and a test compares."""
        case = self.case
        return {
            "today": self.today,
            "by_practice": case.by_practice,
            "patient": case.patient,
            "subscriber": case.patient.subscriber,
            "plan": case.plan,
            "rules": case.plan.rules,
            "practice": self.practice,
            "therapist": self.therapist,
            "prescriber": self.prescriber,
            "order": self.order,
            "orders": self.orders,
            "condition": self.condition,
            "coverage": _newest(case.coverage),
            "claim": self.claim,
            "statement": self.statement,
            "session": self.session,
            "sessions": self.sessions,
            "visit_number": self.visit_number,
            "decision": self.decision,
            "appeal": self.appeal,
            "cover": self.cover,
            "sender": self.sender,
            "who_said": self.who_said,
            "doctor": ForDoctor(self),
            "planned": Planned(self),
            "network": NetworkSearch(self),
            "therapist_asked": ForTherapist(self),
            "progress": ForProgress(self),
            "sending": self.sending,
            "request": self.request,
            "uploads": self.uploads,
            "payments": self.payments,
            "expenses": ForExpenses(self),
            "amendments": self.amendments,
            "history": ForChronology(self),
            "denial": ForDenial(self),
        }

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        """What was changed in the session's record after a paper with it went out, by date."""
        about = self.session.record_id if self.session else ""
        return tuple(one for one in self.case.amendments if one.record == about)

    @property
    def visit_number(self) -> int | None:
        """Which visit under its order the session is, counted from 1."""
        if self.session is None:
            return None
        order = order_of(self.case, self.session)
        under = [s.record_id for s in treatment_sessions(self.case) if order_of(self.case, s) == order]
        return under.index(self.session.record_id) + 1 if self.session.record_id in under else None

    @property
    def sender(self) -> Provider | None:
        """Who writes to the payer when it is not the patient: the practice, when it prepares the papers."""
        return (self.practice or self.therapist) if self.case.by_practice else None

    @property
    def who_said(self) -> dict[str, str]:
        """`said_by` → the words that attribute a statement."""
        words = {"patient": "reported by the patient", "": "source not recorded"}
        words |= {provider.record_id: f"according to {provider.signs_as}" for provider in self.case.providers}
        words |= {provider.stem: f"according to {provider.signs_as}" for provider in self.case.providers}
        words |= {item.record_id: f"see {item.title or item.file}" for item in self.case.attachments}
        return words


def _only(providers: object) -> Provider | None:
    found = list(providers)  # type: ignore[call-overload]
    return found[0] if len(found) == 1 else None


def _newest(verifications: tuple[Coverage, ...]) -> Coverage | None:
    return max(verifications, key=lambda item: (item.date, item.record_id), default=None)
