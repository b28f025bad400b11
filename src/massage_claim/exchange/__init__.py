"""Other programs' formats: a Word file, a calendar, CSV and FHIR files. Decides nothing; knows no records."""
