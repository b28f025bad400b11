"""What a person answers to the guide, from nothing to a claim that was sent: by the label of each question."""

from __future__ import annotations

CASE = {"Name of the patient": "Zoë Nuñez-Okafor", "Folder": "case"}

CARD = {
    "Insurer": "Cascade Harbor Health Plan",
    "Member ID": "CHX00412207",
    "Group number": "007731",
    "Kind of plan": "1",
    "State of the plan": "WA",
    "Plan year begins": "January 1",
    "Other health insurance": "n",
    "Accident": "no",
}

ASKED = {
    "Have you asked the plan whether it pays for massage?": "yes",
    "Where the answers come from": "1",
    "Whom you spoke to": "Dana",
    "Reference number of the call": "REF-1",
}

KNOCK_OUTS = {
    "Is my coverage active today, and was it active on the dates of my visits?": "yes",
    "Does my plan pay anything for a provider outside its network?": "yes",
    "Does the plan exclude massage therapy, or codes 97124 and 97140?": "no",
    "Does the plan pay a licensed massage therapist as the provider (taxonomy 225700000X)?": "yes",
    "Is massage paid only as a part of physical therapy or chiropractic care?": "no",
    "Must a doctor's order or the plan's approval come before the first visit?": "yes",
}

PLAN = {
    "What is the deductible for a provider outside the network?": "$1,500",
    "How much of that deductible have I met this year?": "900",
    "What per cent is my share (coinsurance) for this service?": "30%",
    "How many visits are allowed in a year?": "24",
    "How many of them have been used?": "0",
    "Is a doctor's order (prescription) required?": "yes",
    "Is a letter of medical necessity required with the claim?": "no",
    "Is prior authorization (approval before care) required?": "no",
    "Time to send a claim": "1 year",
    "Where claims go": "PO Box 5550, Spokane, WA 99210",
    "Claim form": "none",
    "Planned visits": "12",
    "What one visit costs": "96.00",
}

STORY = {
    "What hurts": "low back pain",
    "When it began": "11/3/2025",
    "How it began": "Began after moving house.",
    "Tried so far": "physical therapy",
    "Tried from when": "2025-12",
    "What came of it": "helped for a day",
    "What it stops you from doing": "sitting at work",
    "Possible now": "20 minutes",
    "Possible before it began": "2 hours",
    "What should get better": "sitting",
    "The value to reach": "60 minutes",
    "By when": "2026-05-31",
}

ORDER = {
    "Is there a doctor's order?": "yes",
    "Doctor's full name": "Ngozi Okoye",
    "Letters after the doctor's name": "MD",
    "Doctor's NPI": "2345678900",
    "Diagnosis code": "M54.59",
    "The diagnosis in words": "other low back pain",
    "Date of the order": "2026-03-02",
    "Visits in all": "12",
    "Visits a week": "1",
    "Minutes a visit": "60",
    "Valid until": "2026-05-31",
    "Body regions to treat": "low back",
    "Goals on the order": "sit for an hour",
    "Signed by the doctor": "yes",
}

THERAPIST = {
    "Therapist's full name": "Ana Petrova",
    "Letters after the therapist's name": "LMT",
    "Therapist's NPI": "2123456784",
    "License number": "MA60012345",
    "In the plan's network": "out",
    "Who is paid for the visits": "practice",
    "Practice's legal name": "Calm Hands LLC",
    "Practice's NPI": "2000000002",
    "EIN": "91-0000123",
    "Office phone": "253-555-0117",
    "Office address": "77 Market Street, Tacoma, WA 98402",
    "Have you looked the license up?": "yes",
    "What the register said": "active",
    "Where you looked": "the state's provider search",
    "License valid until": "2027-03-31",
}

VISIT = {
    "Date of the visit": "2026-03-10",
    "Procedure code": "97124",
    "Hands-on minutes": "52",
    "Price": "$96",
    "Started at": "10 am",
    "Ended at": "11 am",
    "Place of service": "11",
    "Body regions": "low back",
    "Pain before": "6",
    "Pain after": "4",
    "Paid at the visit": "96",
    "How it was paid": "card ending 4242",
}

PATIENTS_WORDS = {"Your words about the visit": "Slept through for the first time."}

THERAPISTS_NOTE = {
    "Units billed": "3",
    "Note: patient said": "Pain 6 of 10.",
    "Note: found and done": "Tight on both sides; slow kneading.",
    "Note: response": "Bends further.",
    "Note: plan": "Again in a week.",
    "Note signed on": "2026-03-10",
}

SCANS = {
    "Scan of the signed order of 2026-03-02": "order.pdf",
    "Scan of the therapist's superbill": "superbill.pdf",
    "Did the therapist sign it?": "yes",
    "Scan of the receipt": "receipt.pdf",
}

ABOUT_YOU = {
    "Date of birth": "5/21/1984",
    "Sex": "F",
    "Home address": "418 Alder Street, Apt 3, Tacoma, WA 98402",
    "Phone": "253-555-0142",
    "Relation to the policy holder": "self",
}

SENT = {
    "Have you signed and sent the packet?": "yes",
    "How it was sent": "certified-mail",
    "Tracking number": "7020 0000 1111",
}

SHARED = {**CASE, **CARD, **ASKED, **KNOCK_OUTS, **PLAN, **ORDER, **THERAPIST, **VISIT, **ABOUT_YOU, **SENT}
BY_THE_PATIENT = {**SHARED, **STORY, **PATIENTS_WORDS, **SCANS}
BY_THE_PRACTICE = {
    **SHARED,
    **THERAPISTS_NOTE,
    "Who prepares the papers": "practice",
    "What hurts": "low back pain",
    "When it began": "2025-11-03",
    **{label: reply for label, reply in SCANS.items() if "order" in label or "receipt" in label},
}
