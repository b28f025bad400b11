"""Blocks to the bytes of a PDF: the only room that opens ReportLab, and it knows no claims."""
