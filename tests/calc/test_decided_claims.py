"""From a decision back to its claim, and from a line of the notice to the claim's."""

from __future__ import annotations

from builders import a_case, a_claim, a_decision, a_session, an_appeal
from massage_claim.calc.decided_claims import claim_decided, lines_meant

TWO = [{"code": "97124", "minutes": 30, "charge": "60.00"}, {"code": "97140", "minutes": 15, "charge": "30.00"}]


def test_an_appeals_answer_leads_back_to_the_claim() -> None:
    upheld = a_decision("appeals/2026-04-20", "2026-06-01", received_date=None)
    again = an_appeal("2026-06-01", record_id="2026-06-10", level="2")
    case = a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(an_appeal(), again))
    for about in ("claims/2026-03-10", "appeals/2026-04-20", "appeals/2026-06-10"):
        found = claim_decided(case, about)
        assert found is not None
        assert found.record_id == "claims/2026-03-10"
    assert claim_decided(case, "claims/2026-01-01") is None
    assert claim_decided(case, "sessions/2026-03-10") is None


def test_a_line_means_the_code_of_its_day_or_the_whole_day() -> None:
    claim = a_claim((a_session(services=TWO), a_session("2026-03-17")))
    lines = [
        {"service_date": "2026-03-10", "code": "97140"},
        {"service_date": "2026-03-10"},
        {"service_date": "2026-03-11"},
    ]
    both, day, none = a_decision(lines=lines).lines
    assert [line.code for line in lines_meant(claim, both)] == ["97140"]
    assert [line.code for line in lines_meant(claim, day)] == ["97124", "97140"]
    assert lines_meant(claim, none) == ()
    assert lines_meant(None, both) == ()
