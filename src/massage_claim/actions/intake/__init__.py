"""Taking in what others made: scans and photos, exports of visits, notices as FHIR."""
