"""What is asked for in `check --ask`, in words to the therapist, the doctor's office or the plan.

A finding names what it wants; here stands how it is asked and where the other side finds it. Nothing asks for an earlier
date, another code or a changed note: only for what is true and in their records.
"""

from __future__ import annotations

from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """`words`: what is asked, as the start of a sentence without its point. `found`: where they find it; may be empty."""

    words: str
    found: str = ""


IN_NOTES = "in your treatment notes"
IN_BOOKS = "in your billing records"
IN_CALENDAR = "in your appointment book"
ON_LICENSE = "on your license, and in the state's public register"
REGISTER = "at npiregistry.cms.hhs.gov, under your name"
IN_CHART = "in the chart"
ON_ORDER = "on the order, or in the chart"

REQUESTS: dict[str, Request] = {
    # --- the therapist
    "identity": Request(
        "your full name, the letters after it, and your NPI, license and tax (EIN) numbers", ON_LICENSE
    ),
    "therapist-credential": Request("the letters after your name, such as LMT", ON_LICENSE),
    "therapist-npi": Request(
        "your NPI (the ten-digit provider number), and your practice's if it has its own", REGISTER
    ),
    "therapist-licence": Request("your license number, its state and the day it runs out", ON_LICENSE),
    "therapist-licence-state": Request("the state of your license, and the day it runs out", ON_LICENSE),
    "therapist-licence-place": Request("your license for the state in which the visits take place", ON_LICENSE),
    "therapist-licence-until": Request("the day on which your license runs out", ON_LICENSE),
    "therapist-address": Request("the full address of the practice that is paid", "on your bill"),
    "therapist-phone": Request("the phone number of the practice that is paid", "on your bill"),
    "npi": Request(
        "your NPI (the ten-digit provider number) once more; the one I have holds a typing mistake", REGISTER
    ),
    "taxonomy": Request("your taxonomy code, which is the code for your profession", REGISTER),
    "ein": Request(
        "the EIN (tax number) of whoever is paid; please never a Social Security number", "on the IRS letter"
    ),
    "license": Request("your license number, its state and the day it runs out", ON_LICENSE),
    "certification": Request("whether you are board certified, and since when", "on your certificate"),
    "who-is-paid": Request("who is paid, you or the practice, with name and address as on the bill", "on your bill"),
    "charge": Request("the charge of each service", IN_BOOKS),
    "proof-of-payment": Request("a receipt for what I paid, with date, amount and method", IN_BOOKS),
    "minutes": Request("the hands-on minutes of each code, without changing, talking and rest", IN_NOTES),
    "minutes-and-regions": Request("the minutes and the body regions of each code", IN_NOTES),
    "units": Request("the units as you billed them", IN_BOOKS),
    "codes-of-the-day": Request("whether both codes were billed on one day as listed", IN_BOOKS),
    "modifier-as-billed": Request("the modifiers as you billed them", IN_BOOKS),
    "code-on-bill": Request("the procedure code as it stands on your bill", IN_BOOKS),
    "code-description": Request(
        "a short description of the service that has no code of its own, with its time", IN_NOTES
    ),
    "place": Request("where the visit took place: office, home or elsewhere", IN_CALENDAR),
    "times": Request("the start and end of the hands-on work", IN_CALENDAR),
    "regions": Request("the body regions that were treated", IN_NOTES),
    "note": Request("a copy of your note", IN_NOTES),
    "signature": Request("your signature on your note, with the day on which you sign", IN_NOTES),
    "signing-day": Request("the day on which the note was really signed", IN_NOTES),
    "late-entry": Request("whether the note was signed late; if so, please mark it as a late entry", IN_NOTES),
    "own-notes": Request("your own note of each visit, if there is one", IN_NOTES),
    "pain-asked": Request("whether the pain from 0 to 10 was asked at each visit", IN_NOTES),
    "first-measure": Request("any measurement from before the first visit, such as a questionnaire or range", IN_NOTES),
    "measure-now": Request("the same measurement again at the next visit", "on the form you used before"),
    "measure-paper": Request("a copy of the questionnaire or measurement that I could not read", IN_NOTES),
    "superbill": Request("a signed, itemized statement for my insurer (superbill)", IN_BOOKS),
    "superbill-signature": Request(
        "your signature and the date on the statement for my insurer (superbill)", "on its last page"
    ),
    "superbill-compared": Request(
        "a look at the statement (superbill): date, visits or sum differ from my records", IN_BOOKS
    ),
    # --- the doctor's office
    "order": Request("a signed order for massage therapy, if the doctor finds it right", IN_CHART),
    "order-signature": Request("the doctor's signature on the order, with the day on which it is signed", ON_ORDER),
    "order-newer": Request("a copy of any order that covers the later visits", IN_CHART),
    "order-service": Request("what is ordered, on the order itself, with today's date beside the change", ON_ORDER),
    "order-visits": Request("how many visits, and how often a week, the doctor ordered", ON_ORDER),
    "order-per_week": Request("how many visits a week the doctor ordered", ON_ORDER),
    "order-minutes_per_visit": Request("the minutes of hands-on work at each visit, as ordered", ON_ORDER),
    "order-regions": Request("the body regions to treat, as ordered", ON_ORDER),
    "order-valid_until": Request("the last day that the order covers, with today's date beside the change", ON_ORDER),
    "order-goals": Request("the goals of the treatment, with today's date beside the change", ON_ORDER),
    "doctor-npi": Request("the doctor's NPI (the ten-digit provider number)", "at npiregistry.cms.hhs.gov"),
    "doctor-credential": Request("the letters after the doctor's name, such as MD", "on the office's letterhead"),
    "diagnosis": Request("my diagnosis with its ICD-10-CM code, as the doctor made it", IN_CHART),
    "diagnosis-complete": Request("my diagnosis with the complete ICD-10-CM code that the chart supports", IN_CHART),
    "diagnosis-side": Request("which side is affected, if the chart says so", IN_CHART),
    "diagnosis-holds": Request("whether the diagnosis code was in use on the dates of my visits", IN_CHART),
    "diagnosis-agrees": Request("which of two diagnosis codes stands, as the code list does not allow both", IN_CHART),
    "letter": Request("a signed letter of medical necessity, in the doctor's own words", IN_CHART),
    "letter-signature": Request(
        "the doctor's signature and the date on the letter of medical necessity", "on its last page"
    ),
    "progress": Request("the doctor's view of my progress, and whether the treatment should change", IN_CHART),
    "warning-sign": Request("a call back soon: there is a sign that I want to tell the doctor about"),
    # --- the plan
    "approval": Request("approval for massage therapy, and whether past visits can still be approved"),
    "approval-for-visits": Request("whether the approval covers these visits"),
    "late-claim": Request("whether a late claim is still accepted, and for which reasons"),
    "two-visits": Request("whether two visits on one day are paid"),
    "place-covered": Request("whether massage is paid at a place other than an office"),
    "exclusion-in-writing": Request("the exact wording that excludes massage, with the page of the plan document"),
    # --- whoever gave the paper
    "corrected-paper": Request(
        "a corrected copy of the paper: my name or numbers on it differ from the insurer's", "in your files"
    ),
}
