"""The names of the states as a person writes them. Source: US Postal Service."""

from __future__ import annotations

_NAMES = (
    "AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;"
    "DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;"
    "KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;"
    "MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;"
    "NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;"
    "SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;"
    "WV West Virginia;WI Wisconsin;WY Wyoming;AS American Samoa;GU Guam;MP Northern Mariana Islands;"
    "PR Puerto Rico;VI Virgin Islands;AE Armed Forces Europe;AP Armed Forces Pacific;AA Armed Forces Americas"
)
_BY_NAME = {entry[3:].casefold(): entry[:2] for entry in _NAMES.split(";")}


def state_named(text: str) -> str | None:
    """`Ohio` → OH; None for what is no state's whole name."""
    return _BY_NAME.get(" ".join(text.split()).casefold().rstrip("."))
